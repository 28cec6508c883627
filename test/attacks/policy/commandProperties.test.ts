import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { createLocalMachine } from '../../../src/adapters/shell/localMachine';
import { createTreeSitterParser } from '../../../src/adapters/shell/treeSitterParser';
import { judgeCommand, type CommandJudgement } from '../../../src/policy/judgeCommand';
import { seenCommands } from '../../../src/policy/seenCommands';
import { needsSandbox, useSandboxDesk } from '../../support/sandboxed';
import { shellLine, stubNames } from '../../support/shellScripts';
import { makeTempFolder } from '../../support/tempFolder';

const files = { 'root/a.txt': 'a\nb\n', 'root/b.txt': 'c\n', 'root/dir/c.txt': 'd\n' };
const parser = createTreeSitterParser();

async function judgeIn(root: string, path: string): Promise<(line: string) => CommandJudgement> {
  const machine = createLocalMachine({
    environment: async () => ({ PATH: path }),
    shell: '/bin/bash',
  });
  await Promise.all([machine.load(), parser.load()]);
  return (line) => judgeCommand(line, root, { root, shellParser: parser, machine, confined: true });
}

describe('generated shell lines', () => {
  describe('run with stub programs', () => {
    needsSandbox();
    const desk = useSandboxDesk({ files });

    it('start nothing that was not seen, and write nothing where they were let run', async function () {
      this.timeout(180_000);
      const { workspace } = desk();
      const root = workspace.at('root');
      const seed = Number(process.env.SHELL_LINES_SEED ?? Date.now() % 1_000_000_000);
      makeStubs(workspace.at('stubs'));
      mkdirSync(workspace.at('lines'));
      const judge = await judgeIn(root, workspace.at('stubs'));
      // Those that are let run come first: others may leave something behind that writes later.
      const lines = [...new Set(fc.sample(shellLine, { numRuns: 500, seed }))].sort(
        (one, other) => Number(judge(other).readOnly) - Number(judge(one).readOnly),
      );
      lines.forEach((line, index) => writeFileSync(workspace.at(`lines/${index}`), line));
      writeFileSync(workspace.at('driver'), driver);
      const judged = lines.map(judge);
      assert.ok(judged.filter(({ readOnly }) => readOnly).length > 50, 'too few lines are let run');

      await desk().run(`bash ${workspace.at('driver')} ${workspace.path} ${lines.length}`, {
        patienceMs: 120_000,
      });

      lines.forEach((line, index) => {
        const told = `seed ${seed}, line ${JSON.stringify(line)}`;
        const started = readStarted(workspace.at(`lines/${index}.started`));
        const { readOnly, commands = [] } = judged[index]!;
        if (readOnly) {
          for (const argv of started) {
            const seen = commands.some(({ words }) => words.join('\0') === argv.join('\0'));
            assert.ok(seen, `${told} started ${JSON.stringify(argv)}`);
          }
          assert.equal(existsSync(workspace.at(`lines/${index}.wrote`)), false, `${told} wrote`);
        }
        const all = seenCommands(line);
        const programs = new Set(all?.map(({ words: [program] }) => program));
        if (!all || programs.has(undefined)) return;
        for (const [program = ''] of started) {
          assert.ok(programs.has(program), `${told} started ${program} unseen`);
        }
      });
    });
  });

  it('write nothing and connect to nothing where they are let run with the real programs', async function () {
    this.timeout(180_000);
    if (spawnSync('strace', ['-V']).error) {
      console.warn('      NOT RUN, because strace is not installed');
      return this.skip();
    }
    const folder = makeTempFolder(files);
    try {
      const root = folder.at('root');
      const git = (...args: string[]) =>
        execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.org', ...args], {
          cwd: root,
        });
      git('init', '-q');
      git('add', '.');
      git('commit', '-qm', 'one');
      const path = process.env.PATH ?? '';
      const judge = await judgeIn(root, path);
      const seed = Number(process.env.SHELL_LINES_SEED ?? Date.now() % 1_000_000_000);
      const lines = [...new Set(fc.sample(shellLine, { numRuns: 400, seed }))]
        .filter((line) => judge(line).readOnly)
        .slice(0, 40);
      const calls =
        'connect,openat,creat,unlink,unlinkat,rename,renameat2,mkdir,mkdirat,truncate,link,linkat,symlink,symlinkat,chmod,fchmodat';
      for (const line of lines) {
        const trace = folder.at('trace');
        spawnSync(
          'strace',
          ['-f', '-qq', '-e', `trace=${calls}`, '-o', trace, 'bash', '-c', line],
          {
            cwd: root,
            env: { PATH: path, HOME: folder.path, GIT_OPTIONAL_LOCKS: '0', PAGER: 'cat' },
            stdio: ['ignore', 'ignore', 'ignore'],
            timeout: 20_000,
          },
        );
        const harm = readFileSync(trace, 'utf8').split('\n').filter(isHarm);
        assert.deepEqual(harm, [], `seed ${seed}, line ${JSON.stringify(line)}`);
      }
      assert.ok(lines.length > 20, 'too few lines are let run');
    } finally {
      folder.remove();
    }
  });
});

/** A call of the kernel that changes a file or reaches a host; what failed because nothing is there is none. */
function isHarm(call: string): boolean {
  if (/ = -1 /.test(call) || /exited|SIG|resumed/.test(call) || call.trim() === '') return false;
  if (/ connect\(/.test(call)) return !call.includes('AF_UNIX');
  if (!/ openat\(/.test(call)) return true;
  return /O_WRONLY|O_RDWR|O_CREAT/.test(call) && !/"\/dev\/(null|tty)"/.test(call);
}

/** Each writes its name and arguments down, and does nothing else. */
function makeStubs(folder: string): void {
  mkdirSync(folder);
  for (const name of stubNames) {
    const text = `#!/bin/dash\nprintf '%s\\0' "$#" "\${0##*/}" "$@" >> "$STARTED"\n`;
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
}

/** Runs each line by itself, with nothing but stubs on the PATH, and notes whether files came or went. */
const driver = `
cd "$1/root"
listing() { find . -type f -exec md5sum {} + | sort; }
before=$(listing)
for ((i = 0; i < $2; i++)); do
  line=$(cat "$1/lines/$i"; echo x)
  STARTED="$1/lines/$i.started" PATH="$1/stubs" /usr/bin/timeout 3 /bin/bash -c "\${line%x}" </dev/null >/dev/null 2>&1
  if [ "$(listing)" != "$before" ]; then
    : > "$1/lines/$i.wrote"
    rm -f f; before=$(listing)
  fi
done
`;

/** What the stubs wrote down. */
function readStarted(path: string): string[][] {
  if (!existsSync(path)) return [];
  const parts = readFileSync(path, 'utf8').split('\0');
  const started: string[][] = [];
  for (let at = 0; at < parts.length - 1;) {
    const count = Number(parts[at]);
    started.push(parts.slice(at + 1, at + 2 + count));
    at += 2 + count;
  }
  return started;
}
