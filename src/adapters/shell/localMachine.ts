import * as l10n from '@vscode/l10n';
import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, statSync, type BigIntStats } from 'node:fs';
import { basename, delimiter, isAbsolute, join } from 'node:path';
import { noDigest, type FoundProgram, type Machine } from '../../ports/machine';
import { isProgram } from '../programs/findProgram';
import { foreignRepository } from './foreignRepository';
import { repositoryPrograms } from './repositoryPrograms';
import { mayTrack } from './trackedPaths';

export interface LocalMachineOptions {
  /** What commands start with. */
  readonly environment: () => Promise<Readonly<Record<string, string | undefined>>>;
  /** Path of the shell that commands run in. */
  readonly shell: string;
  readonly platform?: NodeJS.Platform;
}

/** Shells whose reading of plain commands is that of the parsers. */
const understood = new Set(['sh', 'bash', 'dash', 'zsh']);
/** A larger script is not read; its size and time stand for it. */
const maxFingerprinted = 4 * 1024 * 1024;
/** Two changes within a tick of the disk's clock leave the same marks, so those of a file that changed just now tell nothing. */
const settledMs = 2000;
const maxKept = 10_000;

/** The machine this runs on. It looks each time: what it told a moment ago may have been replaced since. */
export function createLocalMachine(options: LocalMachineOptions): Machine {
  return new LocalMachine(options);
}

class LocalMachine implements Machine {
  private searchPath: string | undefined;
  /** Digests of files, each good for as long as what the disk says of the file is the same. */
  private readonly digests = new Map<string, { readonly marks: string; readonly digest: string }>();

  constructor(private readonly options: LocalMachineOptions) {}

  async load(): Promise<void> {
    try {
      this.searchPath = (await this.options.environment())['PATH'];
    } catch {
      // Without a search path no program is found, so every command asks.
    }
  }

  get unreadable(): string | undefined {
    if ((this.options.platform ?? process.platform) === 'win32') {
      return l10n.t('commands on Windows are not judged by their text');
    }
    const shell = basename(this.options.shell);
    return understood.has(shell)
      ? undefined
      : l10n.t('the shell {0} reads lines in its own way', shell);
  }

  findProgram(name: string): FoundProgram | undefined {
    const folders = this.searchPath?.split(delimiter) ?? [];
    // Such an entry means another folder for every command.
    if (!folders.every(isAbsolute)) return undefined;
    const path = folders.map((folder) => join(folder, name)).find(isProgram);
    if (path === undefined) return undefined;
    const realPath = this.realPath(path);
    return realPath ? { path, realPath } : undefined;
  }

  realPath(path: string): string | null | undefined {
    try {
      return realpathSync.native(path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return code === 'ENOENT' || code === 'ENOTDIR' ? null : undefined;
    }
  }

  isFile(path: string): boolean {
    try {
      return statSync(path).isFile();
    } catch {
      return false;
    }
  }

  fingerprint(path: string): string {
    try {
      const stats = statSync(path, { throwIfNoEntry: false, bigint: true });
      if (!stats) return 'absent';
      if (!stats.isFile()) return noDigest;
      return this.digestOf(path, stats);
    } catch {
      return noDigest;
    }
  }

  private digestOf(path: string, stats: BigIntStats): string {
    const { dev, ino, size, mtimeNs, ctimeNs } = stats;
    // The time of a change, unlike that of writing, cannot be set back.
    const marks = [dev, ino, size, mtimeNs, ctimeNs].join('/');
    if (size > maxFingerprinted) return marks;
    const known = this.digests.get(path);
    if (known?.marks === marks) return known.digest;
    const digest = createHash('sha256').update(readFileSync(path)).digest('hex');
    if (Date.now() - Number(stats.ctimeMs) > settledMs) {
      if (this.digests.size >= maxKept) this.digests.clear();
      this.digests.set(path, { marks, digest });
    }
    return digest;
  }

  repositoryPrograms(folder: string): string | undefined {
    return repositoryPrograms(folder);
  }

  foreignRepository(folder: string, root: string): string | undefined {
    return foreignRepository(folder, root);
  }

  mayTrack(folder: string, paths: readonly string[]): boolean {
    return mayTrack(folder, paths);
  }
}
