import * as l10n from '@vscode/l10n';
import { randomUUID } from 'node:crypto';
import { realpathSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  SandboxError,
  type ConfinedStart,
  type Confinement,
  type ProgramStart,
  type Sandbox,
} from '../../ports/sandbox';
import { errorMessage } from '../../base/errorMessage';
import type { Sentence } from '../../base/language';
import { sentenceOf } from '../../base/toldError';
import type { Log } from '../../ports/log';
import type {
  CommandNetwork,
  ConfinedNetwork,
  ConfinedNetworkOptions,
} from '../network/confinedNetwork';
import type { LoopbackPrograms, SharedLoopback } from '../network/sharedLoopback';
import { bubblewrapArguments, nulSeparated, type SandboxShape } from './bubblewrapArguments';
import { confinedEnvironment } from './confinedEnvironment';
import { explainFailure, notInstalled, untried } from './explainFailure';
import {
  findTrustedProgram,
  nsenterPlaces,
  usualPlaces,
  type TrustedProgram,
} from './findBubblewrap';
import { RepositoriesOfRoots } from './knownRepositories';
import { tellOf } from './protectedPlaces';
import { launchOf, usualLimits, type Limits } from './launch';
import { Placeholders } from './placeholders';
import { forgetProbe, recallProbe, rememberProbe } from './probeMemory';
import { makeProbePlaces, probeProgram, probeShape, runProbe } from './probe';
import { ProcessGroup } from './processGroup';
import { SandboxFolder } from './sandboxFolder';
import { seccompFilter } from './seccompFilter';
import { syscallsOf } from './syscallNumbers';
import { refuseTooMuch, workspaceMounts } from './workspaceMounts';

export interface BubblewrapOptions {
  /** Where Tandem keeps what is its own; absolute. Nothing in it can be seen from inside. */
  readonly stateFolder: string;
  /** The person's home; absolute. */
  readonly home?: string;
  /** Where bubblewrap is looked for; absolute. */
  readonly places?: readonly string[];
  readonly limits?: Limits;
  /** What makes the networks of commands; none has more than a loopback of its own where absent. */
  readonly network?: NetworkPrograms;
  readonly log?: Log;
}

/** What a network is made with besides what the system brings. */
export type NetworkPrograms = Pick<LoopbackPrograms, 'node' | 'holder'> &
  Pick<ConfinedNetworkOptions, 'dialing' | 'keptMs'>;

/** A sandbox that has things of its own on the disk. */
export interface OwningSandbox extends Sandbox {
  /** Removes them; what confined commands still run loses its temporary folder. */
  dispose(): void;
}

/** Confines commands by the distribution's bubblewrap; Linux only. */
export function createBubblewrapSandbox(options: BubblewrapOptions): OwningSandbox {
  return new BubblewrapSandbox(options);
}

class BubblewrapSandbox implements OwningSandbox {
  unavailable: Sentence | undefined = untried;
  private readonly folder: SandboxFolder;
  private readonly placeholders: Placeholders;
  private readonly limits: Limits;
  private readonly group: ProcessGroup;
  private readonly home: string;
  /** What the last successful test was of. */
  private tested: (TrustedProgram & { readonly resetsSignals: boolean }) | undefined;
  private checking: Promise<void> | undefined;
  private swept = false;
  private network: ConfinedNetwork | undefined;
  private readonly repositories = new RepositoriesOfRoots();

  constructor(private readonly options: BubblewrapOptions) {
    this.folder = new SandboxFolder(options.stateFolder);
    this.placeholders = new Placeholders(this.folder);
    this.limits = options.limits ?? usualLimits;
    this.group = new ProcessGroup(this.limits.processes);
    this.home = options.home ?? homedir();
  }

  check(): Promise<void> {
    this.checking ??= this.tryOut().finally(() => (this.checking = undefined));
    return this.checking;
  }

  async confine(start: ProgramStart, confinement: Confinement): Promise<ConfinedStart> {
    await this.requireSameProgram();
    const root = realpathSync.native(confinement.root);
    const writable = confinement.mode === 'workspace-write';
    const { home } = this;
    const { stateFolder } = this.options;
    if (writable) refuseTooMuch({ root, home, stateFolder });
    const hidden = (await confinement.hidden?.()) ?? [];
    const repositories = writable ? this.repositories.below(root) : undefined;
    const mounted = workspaceMounts({
      ...{
        root,
        mode: confinement.mode,
        hidden,
        hidingFiles: confinement.hidingFiles?.() ?? [],
        repositories: (await repositories?.folders()) ?? [],
        home,
        stateFolder,
      },
      ...{ cwd: start.cwd, folder: this.folder, placeholders: this.placeholders },
    });
    let network: CommandNetwork | undefined;
    try {
      network = await this.openNetwork(root, confinement);
      const own = confinedEnvironment(start.env, mounted);
      const env = network?.environment(own) ?? own;
      const confined = this.launch(start, {
        ...{ mounts: mounted.mounts, env, cwd: mounted.cwd },
        network: network ? 'joined' : 'none',
      });
      const ended = repositories?.begin((made) => confinement.onNewRepositories?.(made));
      let released = false;
      return {
        ...confined,
        ...network?.join(confined),
        release: () => {
          if (released) return;
          released = true;
          network?.release();
          confined.release();
          mounted.release();
          const came = mounted.disarmWhatCame();
          tellOf(came, confinement);
          repositories?.add(came.repositories.map(({ folder }) => join(root, folder)));
          ended?.();
        },
      };
    } catch (error) {
      network?.release();
      mounted.release();
      throw error;
    }
  }

  dispose(): void {
    this.repositories.dispose();
    this.network?.dispose();
    this.placeholders.clear();
    this.folder.remove();
    this.group.remove();
  }

  /**
   * What was tested is what runs, or nothing does.
   * @throws SandboxError where bubblewrap is gone, is another one, or never worked.
   */
  private async requireSameProgram(): Promise<void> {
    const found = findTrustedProgram(this.options.places ?? usualPlaces);
    const same = found !== undefined && found.identity === this.tested?.identity;
    if (this.unavailable === undefined && same) return this.folder.ensure();
    const before = this.tested;
    await this.check();
    const replaced = () => l10n.t('bubblewrap was replaced meanwhile');
    const reason = this.unavailable ?? (before ? replaced : undefined);
    if (reason === undefined) return;
    throw new SandboxError(() =>
      l10n.t('The command did not run, because it cannot be confined: {0}.', reason()),
    );
  }

  private async tryOut(): Promise<void> {
    try {
      const found = findTrustedProgram(this.options.places ?? usualPlaces);
      if (found && this.unavailable === undefined && found.identity === this.tested?.identity) {
        return;
      }
      this.tested = undefined;
      this.unavailable = found ? await this.test(found) : notInstalled;
      this.sweepOnce();
    } catch (error) {
      this.tested = undefined;
      this.unavailable = sentenceOf(error);
    }
  }

  /** Answers why it does not work, or undefined where it does. */
  private async test(found: TrustedProgram): Promise<Sentence | undefined> {
    this.folder.ensure();
    const { memory } = this.folder;
    const recalled = recallProbe(memory, found.identity);
    if (recalled) {
      this.tested = { ...found, ...recalled };
      return undefined;
    }
    forgetProbe(memory);
    const places = makeProbePlaces(this.folder.folder('probe'));
    const shape = probeShape(places, 'none');
    let complaint = '';
    for (const resetsSignals of [true, false]) {
      this.tested = { ...found, resetsSignals };
      const start = this.launch(probeProgram(places), shape);
      const result = await runProbe(start, places);
      start.release();
      if (result.works) {
        rememberProbe(memory, found.identity, { resetsSignals });
        return undefined;
      }
      complaint = result.complaint;
      if (!complaint.includes('default-signal')) break;
    }
    this.tested = undefined;
    this.options.log?.warn(`The sandbox does not work: ${complaint}`);
    return () => explainFailure(complaint);
  }

  /** Loads what makes networks with the first command that may have one. */
  private async openNetwork(
    root: string,
    { loopback, network: access }: Confinement,
  ): Promise<CommandNetwork | undefined> {
    const programs = this.options.network;
    if (!programs || (loopback === undefined && !access)) return undefined;
    const { ConfinedNetwork } = await import('../network/confinedNetwork');
    this.network ??= new ConfinedNetwork({
      ...programs,
      programs: () => ({ ...programs, ...this.systemPrograms() }),
      tryOut: (tried) => this.tryNetwork(tried),
    });
    return this.network.open(loopback ?? root, access);
  }

  /** @throws Error where one is missing. */
  private systemPrograms(): Pick<LoopbackPrograms, 'bubblewrap' | 'nsenter'> {
    const nsenter = findTrustedProgram(nsenterPlaces);
    if (!this.tested || !nsenter) throw new Error('nsenter, of util-linux, is missing');
    return { bubblewrap: this.tested.path, nsenter: nsenter.path };
  }

  /** The same test as without a network, in one that is shared: it must let nothing more through. */
  private async tryNetwork(loopback: SharedLoopback): Promise<string | undefined> {
    const places = makeProbePlaces(this.folder.folder('probe-network'));
    const start = this.launch(probeProgram(places), probeShape(places, 'joined'));
    try {
      const result = await runProbe({ ...start, ...loopback.join(start) }, places);
      return result.works ? undefined : result.complaint;
    } finally {
      start.release();
    }
  }

  private launch(start: ProgramStart, shape: SandboxShape): ConfinedStart {
    const { tested, folder } = this;
    const table = syscallsOf(process.arch);
    if (!tested) throw new SandboxError(() => l10n.t('bubblewrap was not tested'));
    if (!table)
      throw new SandboxError(() =>
        l10n.t('there is no filter for this processor ({0})', process.arch),
      );
    const filterFile = folder.file('filter', seccompFilter(table));
    const argumentsFile = join(folder.own, `arguments-${randomUUID()}`);
    writeFileSync(argumentsFile, nulSeparated(bubblewrapArguments(shape)), {
      ...{ mode: 0o600, flag: 'wx' },
    });
    const launched = launchOf(start, {
      ...{ bubblewrap: tested.path, filterFile, argumentsFile },
      limits: this.limits,
      groupFile: this.group.ensure(),
      resetsSignals: tested.resetsSignals,
    });
    return {
      ...launched,
      cwd: '/',
      // Nothing that loads code into the shell or into bubblewrap, which are not confined themselves.
      env: { PATH: '/usr/bin:/bin' },
      release: () => rmSync(argumentsFile, { force: true }),
    };
  }

  /** Once per process, beside the first work: what earlier ones left behind. */
  private sweepOnce(): void {
    if (this.swept) return;
    this.swept = true;
    try {
      this.folder.ensure();
      this.placeholders.sweep();
      void this.folder.sweep();
    } catch (error) {
      this.options.log?.warn(
        `What earlier sandboxes left could not be removed: ${errorMessage(error)}`,
      );
    }
  }
}
