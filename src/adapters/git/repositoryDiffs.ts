import * as l10n from '@vscode/l10n';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ReviewTargetError,
  type RepositoryTarget,
  type ReviewDiff,
  type ReviewDiffs,
} from '../../ports/reviewDiffs';
import type { FileChangeSummary } from '../../protocol/items';
import { parseGitDiff } from './parseGitDiff';
import { GitFailure, RepositoryGit } from './repositoryGit';

/** New files beyond these are listed without their content: they are data, or not meant to be here. */
const maxNewFiles = 200;
const maxNewFileBytes = 512 * 1024;

const diffOptions = [
  ...['--patch', '--unified=3', '--inter-hunk-context=0', '--find-renames', '--relative'],
  ...['--no-color', '--no-ext-diff', '--no-textconv', '--submodule=short'],
  // A setting is not enough: .gitmodules could have the work tree of a submodule looked at, with its own settings.
  '--ignore-submodules=dirty',
  ...['--src-prefix=a/', '--dst-prefix=b/'],
];

/** Reads diffs of the repository that `folder` (absolute) lies in; only what lies below the folder. */
export function createRepositoryDiffs(
  folder: string,
  environment: NodeJS.ProcessEnv = process.env,
): ReviewDiffs {
  return {
    async read(target, signal) {
      try {
        const reader = new DiffReader(folder, new RepositoryGit(folder, environment), signal);
        return await reader.read(target);
      } catch (error) {
        if (!(error instanceof GitFailure)) throw error;
        throw new ReviewTargetError(explain(error), { cause: error });
      }
    },
  };
}

function explain({ exitCode, message }: GitFailure): string {
  if (exitCode === 'ENOENT') return l10n.t('A review needs git, and git was not found.');
  if (/not a git repository/i.test(message)) {
    return l10n.t('A review needs a git repository, and this folder is in none.');
  }
  return l10n.t('Git could not read the changes: {0}', message);
}

class DiffReader {
  constructor(
    private readonly folder: string,
    private readonly git: RepositoryGit,
    private readonly signal: AbortSignal,
  ) {}

  async read(target: RepositoryTarget): Promise<ReviewDiff> {
    const inside = await this.run('rev-parse', '--is-inside-work-tree');
    if (inside.trim() !== 'true') {
      throw new ReviewTargetError(l10n.t('A review needs a folder that git has checked out.'));
    }
    switch (target.kind) {
      case 'uncommitted': {
        const head = (await this.resolve('HEAD')) ?? (await this.emptyTree());
        const files = [...(await this.diff(head)), ...(await this.newFiles())];
        const how = 'The diff compares the last commit with the working tree; see `git diff HEAD`.';
        return { files, how };
      }
      case 'base': {
        const from = await this.mergeBase(target.ref);
        const files = [...(await this.diff(from)), ...(await this.newFiles())];
        const how = `The diff compares the commit where the branch left ${target.ref} (${from}) with the working tree; see \`git diff ${from}\`.`;
        return { files, how };
      }
      case 'commit': {
        const commit = await this.need(target.sha);
        const parent = (await this.resolve(`${commit}^`)) ?? (await this.emptyTree());
        const how = `The diff is the commit ${commit}. The working tree may be at another one: \`git show ${commit}:PATH\` prints a file as the commit left it.`;
        const readThen = (path: string, signal: AbortSignal) =>
          this.git.run(['show', `${commit}:./${path}`], signal).then(
            (text) => Buffer.from(text),
            // It names a file that the commit removed.
            (error: unknown) => {
              if (error instanceof GitFailure) return null;
              throw error;
            },
          );
        return { files: await this.diff(parent, commit), how, readThen };
      }
    }
  }

  private async mergeBase(ref: string): Promise<string> {
    const [base, head] = [await this.need(ref), await this.need('HEAD')];
    const found = await this.run('merge-base', base, head).catch((error: unknown) => {
      if (error instanceof GitFailure && error.exitCode === 1) return '';
      throw error;
    });
    if (found.trim() !== '') return found.trim();
    throw new ReviewTargetError(l10n.t('The branch and {0} have no commit in common.', ref));
  }

  private async need(ref: string): Promise<string> {
    const found = await this.resolve(ref);
    if (found !== undefined) return found;
    throw new ReviewTargetError(
      l10n.t('There is no commit or branch named {0} in this repository.', ref),
    );
  }

  /** The id of the commit a name means; undefined where there is none. Never read as an option. */
  private async resolve(ref: string): Promise<string | undefined> {
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`];
    const found = await this.run(...args).catch((error: unknown) => {
      if (error instanceof GitFailure && error.exitCode !== 'ENOENT') return '';
      throw error;
    });
    return found.trim() || undefined;
  }

  /** What is compared with before the first commit. */
  private async emptyTree(): Promise<string> {
    return (await this.run('hash-object', '-t', 'tree', '--stdin')).trim();
  }

  private async diff(...range: readonly string[]): Promise<FileChangeSummary[]> {
    return parseGitDiff(await this.run('diff', ...diffOptions, ...range, '--'));
  }

  /** Files git does not know and is not told to ignore. */
  private async newFiles(): Promise<FileChangeSummary[]> {
    const listed = await this.run('ls-files', '--others', '--exclude-standard', '-z');
    const paths = listed.split('\0').filter((path) => path !== '' && !path.endsWith('/'));
    const files: FileChangeSummary[] = [];
    for (const [index, path] of paths.entries()) {
      const text = index < maxNewFiles ? await this.readText(path) : undefined;
      files.push(addedFile(path, text));
    }
    return files;
  }

  /** Undefined for what is no text of a size that anybody reads. */
  private async readText(path: string): Promise<string | undefined> {
    this.signal.throwIfAborted();
    const file = join(this.folder, path);
    const stats = await lstat(file).catch(() => undefined);
    if (!stats?.isFile() || stats.size > maxNewFileBytes) return undefined;
    const bytes = await readFile(file).catch(() => undefined);
    return bytes && !bytes.includes(0) ? bytes.toString('utf8') : undefined;
  }

  private run(...args: readonly string[]): Promise<string> {
    return this.git.run(args, this.signal);
  }
}

/** A file as git would show it when it is new. */
function addedFile(path: string, text: string | undefined): FileChangeSummary {
  if (!text) return { path, kind: 'add', diff: '', added: 0, removed: 0 };
  const lines = text.split('\n');
  const open = lines.at(-1) !== '';
  if (!open) lines.pop();
  const span = lines.length === 1 ? '1' : `1,${lines.length}`;
  const body = lines.map((line) => `+${line}\n`).join('');
  const end = open ? '\\ No newline at end of file\n' : '';
  const diff = `@@ -0,0 +${span} @@\n${body}${end}`;
  return { path, kind: 'add', diff, added: lines.length, removed: 0 };
}
