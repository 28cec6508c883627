import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Paths of the files that git tracks or would track, deleted ones left out. */
export function trackedFiles(pattern: RegExp): string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard'];
  return execFileSync('git', args, { encoding: 'utf8' })
    .split('\n')
    .filter((path) => pattern.test(path) && existsSync(path));
}

/** The text of a file, or undefined for a binary one. */
export function textOf(path: string): string | undefined {
  const bytes = readFileSync(path);
  return bytes.includes(0) ? undefined : bytes.toString('utf8');
}

export function lineCount(path: string): number {
  return (textOf(path) ?? '').split('\n').length - 1;
}
