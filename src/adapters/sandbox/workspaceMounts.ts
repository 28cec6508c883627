import * as l10n from '@vscode/l10n';
import { lstatSync, realpathSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { SandboxError, type Confinement } from '../../ports/sandbox';
import type { WritablePlaces } from './confinedEnvironment';
import { credentialPlaces, existingPlaces, standInFor } from './hiddenPlaces';
import { machineMounts } from './machineMounts';
import { isWithin, type Mount } from './mounts';
import type { Placeholders, TakenPlaceholders } from './placeholders';
import { disarmWhatCame, findProtectedPlaces, type CameToBe } from './protectedPlaces';
import type { SandboxFolder } from './sandboxFolder';

const temp = '/tmp';

export interface WorkspaceMountsOptions {
  /** Absolute, links resolved. */
  readonly root: string;
  readonly mode: Confinement['mode'];
  /** Absolute paths of what else must not be seen. */
  readonly hidden: readonly string[];
  /** Absolute paths of what says so, which must not be changed. */
  readonly hidingFiles: readonly string[];
  /** Absolute folders below the root that are known to be repositories. */
  readonly repositories: readonly string[];
  /** Folder the command starts in; absolute. */
  readonly cwd: string;
  readonly home: string;
  readonly stateFolder: string;
  readonly folder: SandboxFolder;
  readonly placeholders: Placeholders;
}

/** How the files of the machine look to one command. */
export interface WorkspaceMounts extends WritablePlaces {
  readonly mounts: readonly Mount[];
  /** The folder to start in, as it is called inside. */
  readonly cwd: string;
  /** Finds what git would obey outside and was not there, and takes away what it would make git run. */
  disarmWhatCame(): CameToBe;
  /** Frees what belongs to this command. */
  release(): void;
}

/**
 * Everything read-only, but for the workspace where it may be written, a temporary folder that all commands of this
 * workspace share, and a cache; keys, passwords and what is Tandem's own are hidden.
 */
export function workspaceMounts(options: WorkspaceMountsOptions): WorkspaceMounts {
  const { root, folder, placeholders } = options;
  const home = realOr(options.home);
  const stateFolder = realOr(options.stateFolder);
  const cwd = realOr(options.cwd);
  const writable = options.mode === 'workspace-write';
  const own = digest(root);
  const mounts: Mount[] = [
    ...machineMounts,
    { kind: 'write', path: temp, from: dirname(folder.folder(own, 'tmp', cacheName)) },
    // What lies in the temporary folder of the machine would vanish behind the command's own.
    ...[home, cwd].filter((path) => isWithin(temp, path) && !isWithin(root, path)).map(readOnly),
    ...hiddenMounts(folder, [...credentialPlaces(home), stateFolder]),
  ];
  let taken: TakenPlaceholders | undefined;
  let disarm = (): CameToBe => ({ repositories: [], setAside: [] });
  mounts.push({ kind: writable ? 'write' : 'read', path: root });
  if (writable) {
    const protectedPlaces = findProtectedPlaces(root, options.repositories);
    const { existing, fixed, missing, repositories } = protectedPlaces;
    disarm = () => disarmWhatCame(root, repositories);
    taken = placeholders.take(missing, existing);
    const hiding = options.hidingFiles.filter((path) => isWithin(root, path));
    // What is a mount cannot be moved.
    mounts.push(...fixed.map((path) => ({ kind: 'write', path }) as const));
    mounts.push(...[...new Set([...existing, ...taken.paths, ...hiding])].map(readOnly));
  }
  mounts.push(...hiddenMounts(folder, options.hidden));
  return {
    mounts,
    temp,
    cache: `${temp}/${cacheName}`,
    cwd: isWithin(temp, options.cwd) ? cwd : options.cwd,
    disarmWhatCame: disarm,
    release: () => taken?.give(),
  };
}

/** Below the temporary folder, which exists on every machine and is the command's own. */
const cacheName = '.cache';

/**
 * The home and everything that Tandem trusts must not be writable, so nothing that holds them can be the workspace.
 * @throws SandboxError where it does.
 */
export function refuseTooMuch(
  options: Pick<WorkspaceMountsOptions, 'root' | 'home' | 'stateFolder'>,
): void {
  const { root } = options;
  const home = realOr(options.home);
  const stateFolder = realOr(options.stateFolder);
  if (isWithin(root, home)) {
    throw new SandboxError(() =>
      l10n.t(
        'The command did not run: {0} holds your home folder, so a sandbox that lets commands write there would protect nothing. Open the folder of one project.',
        root,
      ),
    );
  }
  if (isWithin(root, stateFolder)) {
    throw new SandboxError(() =>
      l10n.t(
        'The command did not run: {0}, where Tandem keeps what is its own, lies inside the folder {1}.',
        stateFolder,
        root,
      ),
    );
  }
}

function hiddenMounts(folder: SandboxFolder, paths: readonly string[]): Mount[] {
  const nothing = folder.folder('nothing');
  // Most hold the same, and each is compared with what is on the disk.
  const standIns = new Map<string, string>();
  return existingPlaces(paths).map(({ path, isFolder }) => {
    if (isFolder) return { kind: 'empty', path, from: nothing };
    const content = standInFor(path);
    const from =
      standIns.get(content) ?? folder.file(`hidden-${digest(content)}`, Buffer.from(content));
    standIns.set(content, from);
    return { kind: 'read', path, from };
  });
}

function readOnly(path: string): Mount {
  return { kind: 'read', path };
}

function realOr(path: string): string {
  return lstatSync(path, { throwIfNoEntry: false }) ? realpathSync.native(path) : path;
}

/** A name for what belongs to this text. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
