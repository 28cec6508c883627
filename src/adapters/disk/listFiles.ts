import * as l10n from '@vscode/l10n';
import { spawn } from 'node:child_process';
import { ToldError } from '../../base/toldError';
import { ripgrepEnvironment } from './ripgrepEnvironment';

/** A folder with more files than this is not a project that anybody picks files of by name. */
const maxFiles = 500_000;

/**
 * The files below a folder (absolute) that git would not ignore, relative to it with `/` between segments, in no
 * order; those under `.git` are left out. An aborted signal ends it with an AbortError.
 * @throws Error where ripgrep is missing or the folder cannot be read.
 */
export function listFiles(
  rgPath: string,
  folder: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    // As for searching: no configuration of the folder, and no environment with secrets in it.
    const child = spawn(rgPath, ['--no-config', '--files', '--hidden', '--null', '--glob=!.git'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: ripgrepEnvironment(),
      signal,
    });
    const files: string[] = [];
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const paths = (rest + text).split('\0');
      rest = paths.pop() ?? '';
      for (const path of paths) files.push(withSlashes(path));
      if (files.length >= maxFiles) child.kill();
    });
    child.on('error', reject);
    child.on('close', (code) => {
      // 1 means that there are none, 2 that some folder could not be read.
      if (code === 2 && files.length === 0)
        reject(new ToldError(() => l10n.t('The folder {0} cannot be listed.', folder)));
      else resolve(files.slice(0, maxFiles));
    });
  });
}

function withSlashes(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}
