import * as l10n from '@vscode/l10n';
import { randomUUID } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SandboxError } from '../../ports/sandbox';
import { isOwnerAlive, parseOwner, readOrEmpty, thisProcess } from '../disk/processOwner';

/**
 * Where the sandbox keeps its own things, out of reach of what it confines: `<state>/sandbox/<owner>/`, one folder per
 * process, with who owns it in `owner.json`. What a process left that ended without a word is found by that.
 */
export class SandboxFolder {
  /** Absolute; belongs to this process alone. */
  readonly own: string;
  private readonly all: string;
  private made = false;

  constructor(stateFolder: string) {
    this.all = join(stateFolder, 'sandbox');
    this.own = join(this.all, `${process.pid}-${randomUUID().slice(0, 8)}`);
  }

  /**
   * Makes sure that the folder is there and is ours alone.
   * @throws SandboxError where a link or somebody else's folder is in its place.
   */
  ensure(): void {
    mkdirSync(this.all, { recursive: true, mode: 0o700 });
    checkOurs(this.all);
    if (!this.made) {
      mkdirSync(this.own, { mode: 0o700 });
      writeFileSync(join(this.own, 'owner.json'), JSON.stringify(thisProcess()), { mode: 0o600 });
      this.made = true;
    }
    checkOurs(this.own);
  }

  /** Makes a folder below our own and answers its path. */
  folder(...segments: string[]): string {
    const path = join(this.own, ...segments);
    // Looking first is many times quicker, and it is there before most commands.
    if (!existsSync(path)) mkdirSync(path, { recursive: true, mode: 0o700 });
    return path;
  }

  /** The path of a file of ours that holds exactly this, whatever was there before. */
  file(name: string, content: Buffer): string {
    const path = join(this.own, name);
    if (!holds(path, content)) {
      rmSync(path, { force: true, recursive: true });
      writeFileSync(path, content, { mode: 0o600, flag: 'wx' });
    }
    return path;
  }

  /** The folders of other processes, living or dead. */
  others(): { path: string; alive: boolean }[] {
    return readdirSync(this.all, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(this.all, entry.name))
      .filter((path) => path !== this.own)
      .map((path) => {
        const owner = parseOwner(readOrEmpty(join(path, 'owner.json')));
        return { path, alive: owner !== undefined && isOwnerAlive(owner) };
      });
  }

  /** Removes what dead processes left; what their programs made hard to remove stays for the next time. */
  async sweep(): Promise<void> {
    const dead = this.others().filter(({ alive }) => !alive);
    await Promise.allSettled(
      dead.map(({ path }) => rm(path, { recursive: true, force: true, maxRetries: 2 })),
    );
  }

  /** Removes our own folder. */
  remove(): void {
    if (this.made) rmSync(this.own, { recursive: true, force: true });
    this.made = false;
  }

  /** Where a result of the probe is remembered from one process to the next. */
  get memory(): string {
    return join(this.all, 'probe.json');
  }
}

function checkOurs(path: string): void {
  const stats = lstatSync(path);
  const ours = process.geteuid === undefined || stats.uid === process.geteuid();
  if (!stats.isDirectory() || !ours || (stats.mode & 0o077) !== 0) {
    throw new SandboxError(() =>
      l10n.t(
        "{0} must be a folder that only you can open, not a link and not somebody else's. Remove it; Tandem makes it anew.",
        path,
      ),
    );
  }
}

function holds(path: string, content: Buffer): boolean {
  try {
    return lstatSync(path).isFile() && readFileSync(path).equals(content);
  } catch {
    return false;
  }
}
