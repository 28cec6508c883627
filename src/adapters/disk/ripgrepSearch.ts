import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { Search, SearchQuery } from '../../ports/search';
import { ripgrepEnvironment } from './ripgrepEnvironment';

/** Output kept of one search; more matches than that help nobody. */
const maxCharacters = 1024 * 1024;
/** Larger files are passed over: they hold data, and searching one takes longer than anybody waits. */
const maxFileBytes = 100 * 1024 * 1024;

/** Searches with the ripgrep program at a path that is fixed when the host starts. */
export function createRipgrepSearch(options: { readonly rgPath: string }): Search {
  return {
    async search(query, signal) {
      signal.throwIfAborted();
      await requireSearchable(query.path);
      return runRipgrep(options.rgPath, query, signal);
    },
  };
}

function runRipgrep(
  rgPath: string,
  query: SearchQuery,
  signal: AbortSignal,
): Promise<{ text: string; cut: boolean }> {
  return new Promise((resolve, reject) => {
    // The folder's own ripgrep configuration must not run anything, so none is read.
    const child = spawn(rgPath, ['--no-config', ...argumentsOf(query)], {
      cwd: query.cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: ripgrepEnvironment(),
      signal,
    });
    const output = new LineLimit(query);
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (output.add(text)) child.kill();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (errors.length < 4096) errors += text;
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'ENOENT' ? new Error(`ripgrep was not found at ${rgPath}`) : error);
    });
    child.on('close', (code) => {
      // 1 means no matches; 2 with output means that some files could not be read.
      if (code === 2 && output.text === '') reject(new Error(errors.trim() || 'ripgrep failed'));
      else resolve({ text: output.text, cut: output.cut });
    });
  });
}

/** Opening a pipe waits for its other end, and a device has none. @throws Error that names what it is. */
async function requireSearchable(path: string): Promise<void> {
  const info = await stat(path).catch(() => undefined);
  // What is missing or may not be looked at is ripgrep's to say.
  if (!info || info.isDirectory()) return;
  if (!info.isFile()) throw new Error(`${path} is neither a file nor a folder.`);
  if (info.size > maxFileBytes) throw new Error(`${path} is larger than 100 MB.`);
}

function argumentsOf(query: SearchQuery): string[] {
  const { context, glob, pattern } = query;
  return [
    '--line-number',
    '--no-heading',
    '--with-filename',
    '--null',
    '--color=never',
    '--max-columns=500',
    `--max-filesize=${maxFileBytes}`,
    '--max-columns-preview',
    '--sort=path',
    ...(context ? [`--context=${context}`] : []),
    ...(glob === undefined ? [] : [`--glob=${glob}`]),
    `--regexp=${pattern}`,
    '--',
    relative(query.cwd, query.path) || '.',
  ];
}

/** `path NUL 12:text` for a match, `path NUL 12-text` for a line around one. */
const resultLine = /^(?<path>[^\0]*)\0(?<number>\d+)(?<mark>[:-])(?<text>[^]*)$/;
/** Said of a file that is not searched to its end. */
const binaryLine = /^(?<path>.*): binary file matches/;

/** Keeps whole lines until there are enough matching ones; lines around them do not count. */
class LineLimit {
  text = '';
  cut = false;
  private rest = '';
  private matches = 0;
  private readonly leftOut = new Map<string, boolean>();

  constructor(private readonly query: SearchQuery) {}

  /** Answers true when no more is wanted. */
  add(chunk: string): boolean {
    if (this.cut) return true;
    const lines = (this.rest + chunk).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      const result = resultLine.exec(line)?.groups;
      const path = result?.path ?? binaryLine.exec(line)?.groups?.path;
      if (path !== undefined && this.isLeftOut(path)) continue;
      const matches = result?.mark === ':';
      if ((matches && this.matches >= this.query.maxResults) || this.text.length > maxCharacters) {
        this.cut = true;
        return true;
      }
      if (matches) this.matches++;
      const { number, mark, text } = result ?? {};
      this.text += result ? `${path}${mark}${number}${mark}${text}\n` : `${line}\n`;
    }
    return false;
  }

  private isLeftOut(path: string): boolean {
    const { cwd, leaveOut } = this.query;
    if (!leaveOut) return false;
    const known = this.leftOut.get(path) ?? leaveOut(resolve(cwd, path));
    this.leftOut.set(path, known);
    return known;
  }
}
