import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { git, makeRepository } from './gitRepository';
import type { TempFolder } from './tempFolder';

/** A repository that somebody prepared so that git runs a program of theirs, which leaves a mark beside it. */
export interface HostileRepository {
  /** Absolute top folder. */
  readonly root: string;
  /** True where their program ran. */
  sprung(): boolean;
  /** Forgets that it ran. */
  reset(): void;
}

/** One way to make git run a program. */
export interface Trap {
  readonly name: string;
  /** Prepares the repository; `program` is what git is to run: it leaves the mark and passes its input on. */
  set(place: {
    readonly root: string;
    readonly program: string;
    readonly folder: TempFolder;
  }): void;
  /** What springs it where nobody is careful; run by the shell in the repository. */
  readonly spring: string;
}

const config = (root: string, key: string, value: string) => git(root, 'config', key, value);

const hooks = [
  ...['post-index-change', 'pre-commit', 'post-commit', 'reference-transaction'],
  ...['prepare-commit-msg', 'commit-msg', 'post-checkout', 'fsmonitor-watchman', 'pre-auto-gc'],
];

/** Makes `*.txt` go through what `attribute` names. */
const attribute = (folder: TempFolder, words: string) =>
  folder.write('repo/.gitattributes', `*.txt ${words}\n`);

export const traps: readonly Trap[] = [
  {
    name: 'core.fsmonitor',
    set: ({ root, program }) => config(root, 'core.fsmonitor', program),
    spring: 'git status',
  },
  {
    name: 'hooks in the repository',
    set({ folder, program }) {
      for (const hook of hooks) {
        const file = folder.write(`repo/.git/hooks/${hook}`, `#!/bin/sh\n${program} </dev/null\n`);
        chmodSync(file, 0o755);
      }
    },
    spring: 'git read-tree HEAD',
  },
  {
    name: 'core.hooksPath into the work tree',
    set({ root, folder, program }) {
      for (const hook of hooks) {
        const file = folder.write(`repo/hooks/${hook}`, `#!/bin/sh\n${program} </dev/null\n`);
        chmodSync(file, 0o755);
      }
      config(root, 'core.hooksPath', 'hooks');
    },
    spring: 'git read-tree HEAD',
  },
  {
    name: 'diff.external',
    set: ({ root, program }) => config(root, 'diff.external', program),
    spring: 'git diff',
  },
  {
    name: 'a clean filter',
    set({ root, folder, program }) {
      config(root, 'filter.evil.clean', program);
      config(root, 'filter.evil.required', 'true');
      attribute(folder, 'filter=evil');
    },
    spring: 'git diff',
  },
  {
    name: 'a filter process in a file that the configuration includes',
    set({ root, folder, program }) {
      const file = folder.write('repo/included', `[filter "e.v.il"]\n\tprocess = ${program}\n`);
      config(root, 'include.path', file);
      attribute(folder, 'filter=e.v.il');
    },
    spring: 'git diff',
  },
  {
    name: 'a clean filter with an equals sign in its name',
    set({ root, folder, program }) {
      appendFileSync(`${root}/.git/config`, `[filter "e=vil"]\n\tclean = ${program}\n`);
      attribute(folder, 'filter=e=vil');
    },
    spring: 'git diff',
  },
  {
    name: 'textconv',
    set({ root, folder, program }) {
      config(root, 'diff.evil.textconv', program);
      attribute(folder, 'diff=evil');
    },
    spring: 'git diff',
  },
  {
    name: 'a diff driver',
    set({ root, folder, program }) {
      config(root, 'diff.evil.command', program);
      attribute(folder, 'diff=evil');
    },
    spring: 'git diff',
  },
  {
    name: 'gpg.program and log.showSignature',
    set({ root, program }) {
      const commit = git(root, 'cat-file', 'commit', 'HEAD');
      const signature =
        'gpgsig -----BEGIN PGP SIGNATURE-----\n \n aGk=\n -----END PGP SIGNATURE-----';
      const signed = commit.replace(/\n\n/, `\n${signature}\n\n`);
      const id = execFileSync('git', ['hash-object', '-t', 'commit', '-w', '--stdin'], {
        cwd: root,
        input: `${signed}\n`,
        encoding: 'utf8',
      });
      git(root, 'update-ref', 'HEAD', id.trim());
      config(root, 'gpg.program', program);
      config(root, 'log.showSignature', 'true');
    },
    spring: 'git log',
  },
  {
    name: 'core.pager and an alias named like a command',
    set({ root, program }) {
      config(root, 'core.pager', program);
      config(root, 'pager.log', 'true');
      config(root, 'pager.diff', program);
      config(root, 'alias.ls-files', `!${program}`);
      config(root, 'alias.go', `!${program}`);
    },
    spring: 'git go',
  },
  {
    name: 'an object that is fetched by a program when it is missed',
    set({ root, program }) {
      const blob = git(root, 'rev-parse', 'HEAD:a.txt');
      config(root, 'core.repositoryFormatVersion', '1');
      config(root, 'extensions.partialClone', 'origin');
      config(root, 'remote.origin.url', `ext::${program} x`);
      config(root, 'remote.origin.promisor', 'true');
      config(root, 'protocol.ext.allow', 'always');
      rmSync(`${root}/.git/objects/${blob.slice(0, 2)}/${blob.slice(2)}`);
    },
    spring: 'git show HEAD:a.txt',
  },
  {
    name: 'the same over core.sshCommand',
    set({ root, program }) {
      const blob = git(root, 'rev-parse', 'HEAD:a.txt');
      config(root, 'core.repositoryFormatVersion', '1');
      config(root, 'extensions.partialClone', 'origin');
      config(root, 'remote.origin.url', 'ssh://nowhere.invalid/x');
      config(root, 'remote.origin.promisor', 'true');
      config(root, 'core.sshCommand', program);
      config(root, 'protocol.ssh.allow', 'always');
      rmSync(`${root}/.git/objects/${blob.slice(0, 2)}/${blob.slice(2)}`);
    },
    spring: 'git show HEAD:a.txt',
  },
  {
    name: 'a clean filter of a submodule',
    set({ root, folder, program }) {
      const library = folder.at('library');
      folder.write('library/x.txt', 'x\n');
      makeRepository(library);
      git(root, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library, 'lib');
      git(root, 'config', '-f', '.gitmodules', 'submodule.lib.ignore', 'none');
      git(root, 'add', '.');
      git(root, 'commit', '-qm', 'lib');
      config(`${root}/lib`, 'filter.evil.clean', program);
      config(`${root}/lib`, 'core.fsmonitor', program);
      folder.write('repo/lib/.gitattributes', '*.txt filter=evil\n');
      folder.write('repo/lib/x.txt', 'y\n');
    },
    spring: 'git diff',
  },
];

/** Makes `repo` in the folder, with one commit and one change that is not committed, and sets a trap in it. */
export function makeHostileRepository(folder: TempFolder, trap: Trap): HostileRepository {
  const mark = folder.at('sprung');
  const program = folder.write('program', `#!/bin/sh\ntouch '${mark}'\ncat\n`);
  chmodSync(program, 0o755);
  const root = folder.at('repo');
  folder.write('repo/a.txt', 'one\n');
  folder.write('repo/b.txt', 'one\n');
  makeRepository(root);
  trap.set({ root, program, folder });
  writeFileSync(folder.at('repo/b.txt'), 'two\n');
  folder.write('repo/new.txt', 'new\n');
  const repository = {
    root,
    sprung: () => existsSync(mark),
    reset: () => rmSync(mark, { force: true }),
  };
  repository.reset();
  return repository;
}

/** Does what somebody does who is not careful; answers whether the trap works. */
export function spring(repository: HostileRepository, { spring: command }: Trap): boolean {
  try {
    // Some wait for ever, and what they started must end with them.
    execFileSync('timeout', ['3', 'bash', '-c', command], {
      cwd: repository.root,
      stdio: 'ignore',
      env: { PATH: process.env.PATH, HOME: repository.root },
    });
  } catch {
    // Many end badly; the mark is what counts.
  }
  const worked = repository.sprung();
  repository.reset();
  return worked;
}
