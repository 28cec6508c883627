import * as l10n from '@vscode/l10n';
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sentence } from '../../base/language';
import { sentenceOf } from '../../base/toldError';
import {
  SandboxError,
  type ConfinedStart,
  type Confinement,
  type ProgramStart,
} from '../../ports/sandbox';
import type { OwningSandbox } from './bubblewrapSandbox';
import { untried } from './explainFailure';
import { confinedEnvironment } from './confinedEnvironment';
import { credentialPlaces, existingPlaces } from './hiddenPlaces';
import { isWithin } from './mounts';
import { RepositoriesOfRoots } from './knownRepositories';
import { makeProbePlaces, runProbe } from './probe';
import { disarmWhatCame, findProtectedPlaces, tellOf } from './protectedPlaces';
import { seatbeltProfile } from './seatbeltProfile';

const launcher = '/usr/bin/sandbox-exec';

/** As `probeScript` of bubblewrap, with what macOS has. `$1` is the place outside. */
const script = `
( : >"$1/written" ) 2>/dev/null && echo write
( : >.git/written ) 2>/dev/null && echo protected
( : >written ) 2>/dev/null || echo workspace
/bin/bash -c ': <>/dev/tcp/192.0.2.1/9' 2>/dev/null && echo connect
echo done`;

/**
 * Confines commands by Seatbelt, macOS' own means; a preview that nobody has run on a Mac yet, so it is used only where
 * the person asks for it. What it promises is less than on Linux: processes outside can be seen.
 */
export function createSeatbeltSandbox(options: { readonly stateFolder: string }): OwningSandbox {
  return new SeatbeltSandbox(options.stateFolder);
}

class SeatbeltSandbox implements OwningSandbox {
  unavailable: Sentence | undefined = untried;
  private readonly repositories = new RepositoriesOfRoots();
  private temp: string | undefined;

  constructor(private readonly stateFolder: string) {}

  async check(): Promise<void> {
    if (this.unavailable === undefined && existsSync(launcher)) return;
    try {
      this.unavailable = existsSync(launcher)
        ? await this.test()
        : () => l10n.t('{0} is missing', launcher);
    } catch (error) {
      this.unavailable = sentenceOf(error);
    }
  }

  async confine(start: ProgramStart, confinement: Confinement): Promise<ConfinedStart> {
    await this.check();
    if (this.unavailable !== undefined) throw new SandboxError(this.unavailable);
    const root = realpathSync.native(confinement.root);
    const hidden = (await confinement.hidden?.()) ?? [];
    for (const place of [homedir(), this.stateFolder]) {
      if (!isWithin(root, place)) continue;
      throw new SandboxError(() => l10n.t('The command did not run: {0} holds {1}.', root, place));
    }
    confinement.network?.onUnavailable?.('on macOS confined commands have no network yet');
    const writable = confinement.mode === 'workspace-write';
    const found = writable
      ? findProtectedPlaces(root, await this.repositories.below(root).folders())
      : undefined;
    const places = existingPlaces([...credentialPlaces(homedir()), this.stateFolder, ...hidden]);
    const temp = this.ownTemp();
    return {
      ...launched(start, {
        writable: writable ? [root, temp] : [temp],
        protected: [
          ...(found?.existing ?? []),
          ...(found?.missing ?? []),
          ...(confinement.hidingFiles?.() ?? []),
        ],
        hidden: places.map(({ path }) => path),
      }),
      cwd: start.cwd,
      env: confinedEnvironment(start.env, { temp, cache: join(temp, 'cache') }),
      release: () => {
        if (found) tellOf(disarmWhatCame(root, found.repositories), confinement);
      },
    };
  }

  dispose(): void {
    if (this.temp !== undefined) rmSync(this.temp, { recursive: true, force: true });
    this.temp = undefined;
  }

  private async test(): Promise<Sentence | undefined> {
    const places = makeProbePlaces(join(this.ownTemp(), 'probe'));
    const program = { file: '/bin/sh', args: ['-c', script, 'sh', places.outside] };
    const shape = {
      writable: [places.workspace],
      protected: [join(places.workspace, '.git')],
      hidden: [],
    };
    const result = await runProbe(
      { ...launched(program, shape), cwd: places.workspace, env: {}, release: () => {} },
      places,
    );
    if (result.works) return undefined;
    const { complaint } = result;
    return () => l10n.t('a test of the sandbox failed: {0}', complaint);
  }

  private ownTemp(): string {
    this.temp ??= realpathSync.native(mkdtempSync(join(tmpdir(), 'tandem-')));
    return this.temp;
  }
}

function launched(
  { file, args }: Pick<ProgramStart, 'file' | 'args'>,
  shape: Parameters<typeof seatbeltProfile>[0],
): Pick<ConfinedStart, 'file' | 'args'> {
  return { file: launcher, args: ['-p', seatbeltProfile(shape), '--', file, ...args] };
}
