import * as l10n from '@vscode/l10n';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ToldError } from '../../base/toldError';

/** Fixed places: a `find` that the workspace brings along must not be run. */
const programs = ['/usr/bin/find', '/bin/find'];
const maxMs = 20_000;
const maxBytes = 16 * 1024 * 1024;

/** What to look for below a folder. */
export interface FindQuery {
  /** Absolute. */
  readonly folder: string;
  /** Patterns in gitignore syntax; more may be found than they match, never less. */
  readonly patterns?: readonly string[];
  /** Or the other names of files, by their number; other file systems below the folder have the same numbers. */
  readonly inodes?: readonly (number | bigint)[];
  /** Names of folders that are not looked into. */
  readonly unsearched: readonly string[];
}

/**
 * Absolute paths of files, folders and links, found by the system's own `find`: walking a large workspace in this
 * process would stop everything else for seconds. @throws Error where it cannot be done.
 */
export async function findNames(query: FindQuery): Promise<readonly string[]> {
  const wanted = conditions(query);
  if (wanted.length === 0) return [];
  const program = programs.find((path) => existsSync(path));
  if (program === undefined) {
    throw new ToldError(() => l10n.t('The program find is missing; it lists hidden files.'));
  }
  const unsearched = query.unsearched.map((name) => ['-name', escaped(name)]);
  const args = [
    ...[query.folder, '-mindepth', '1'],
    ...(unsearched.length === 0
      ? []
      : ['(', '-type', 'd', '(', ...anyOf(unsearched), ')', '-prune', ')', '-o']),
    ...['(', ...anyOf(wanted), ')', '-print0'],
  ];
  const output = await run(program, args);
  if (!existsSync(query.folder)) {
    throw new ToldError(() => l10n.t('The folder is gone, and what was hidden in it.'));
  }
  return output.split('\0').filter((path) => path !== '');
}

function conditions({ patterns = [], inodes = [] }: FindQuery): readonly (readonly string[])[] {
  return [
    ...patterns.flatMap((pattern) => {
      const glob = looseGlob(pattern);
      return glob === undefined ? [] : [['-ipath', glob]];
    }),
    ...inodes.map((inode) => ['-inum', String(inode)]),
  ];
}

/** A glob whose `*` also stands for `/`, and that matches at least what the pattern does; undefined for none. */
function looseGlob(pattern: string): string | undefined {
  const line = pattern.replace(/(?<!\\)\s+$/, '');
  if (line === '' || line.startsWith('#') || line.startsWith('!')) return undefined;
  const path = line.replace(/\/+$/, '').replace(/^\//, '');
  return `*/${path.replace(/\/?\*\*\/?/g, '*')}`;
}

function anyOf(conditions: readonly (readonly string[])[]): readonly string[] {
  return conditions.flatMap((condition, index) => (index === 0 ? condition : ['-o', ...condition]));
}

function escaped(name: string): string {
  return name.replace(/[*?[\]\\]/g, '\\$&');
}

/** What `find` says of places it could not look at: the sandbox cannot either, or they are gone. */
const harmlessComplaint = /: (Permission denied|No such file or directory)$/;

function run(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { encoding: 'utf8', timeout: maxMs, maxBuffer: maxBytes, env: {} } as const;
    execFile(program, args, options, (error, stdout, stderr) => {
      const complaints = stderr.split('\n').filter((line) => line !== '');
      const isWhole = error?.code === 1 && !error.killed && complaints.every(isHarmless);
      if (!error || (isWhole && complaints.length > 0)) resolve(stdout);
      else {
        const say = () => l10n.t('The hidden files could not be listed: {0}', error.message);
        reject(new ToldError(say));
      }
    });
  });
}

function isHarmless(complaint: string): boolean {
  return harmlessComplaint.test(complaint);
}
