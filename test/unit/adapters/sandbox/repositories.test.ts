import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NewRepository } from '../../../../src/ports/sandbox';
import { needsSandbox, useSandboxDesk } from '../../../support/sandboxed';

describe('what git obeys in a workspace', function () {
  this.timeout(60_000);
  needsSandbox();
  const desk = useSandboxDesk();

  it('B14 keeps repositories from commands however deep they lie, behind a flood of folders, and where they were moved', async () => {
    const { workspace } = desk();
    const deep = ['lib/sub', 'zmod', 'packages/a/b/c'];
    for (const folder of deep) workspace.write(`${folder}/.git/config`, '[core]\n');
    const arm = (folder: string) => `echo 'fsmonitor = ./x' >>${folder}/.git/config`;
    const lines = [
      'mkdir d; for i in $(seq 700); do mkdir d/$i e$i; done',
      [...deep.map(arm), 'mv packages p'].join('; '),
      [...deep.slice(0, 2), 'p/a/b/c'].map(arm).join('; '),
    ];
    for (const line of lines) await desk().run(`{ ${line}; } 2>/dev/null; true`);
    for (const folder of ['lib/sub', 'zmod', 'p/a/b/c']) {
      assert.equal(readFileSync(workspace.at(`${folder}/.git/config`), 'utf8'), '[core]\n', folder);
    }
  });

  it('B14 takes the programs out of a repository that a command made deep in the workspace, and tells of it', async () => {
    const { workspace } = desk();
    workspace.write('packages/a/src/x', '');
    const told: NewRepository[] = [];
    const onNewRepositories = (made: readonly NewRepository[]) => void told.push(...made);
    const folder = 'packages/a/src/in';
    const line = `git init -q ${folder} && git -C ${folder} config core.fsmonitor ./x`;
    await desk().run(line, { onNewRepositories });
    const config = workspace.at(`${folder}/.git/config`);
    for (let left = 200; existsSync(config) && left > 0; left--) await sleep(50);
    assert.deepEqual(told, [{ folder, disarmed: true }]);
    assert.match(readFileSync(`${config}.set-aside-by-tandem`, 'utf8'), /fsmonitor/);
    // What the person makes meanwhile is theirs.
    await desk().run('true', { onNewRepositories });
    await sleep(100);
    mkdirSync(workspace.at('own/deep/er'), { recursive: true });
    execFileSync('git', ['init', '-q', workspace.at('own/deep/er')]);
    execFileSync('git', ['-C', workspace.at('own/deep/er'), 'config', 'core.fsmonitor', './x']);
    await sleep(100);
    await desk().run('true', { onNewRepositories });
    await sleep(1500);
    assert.equal(told.length, 1);
    assert.ok(existsSync(workspace.at('own/deep/er/.git/config')));
  });

  const evil = `[core]\\n\\tfsmonitor = ./x\\n`;
  const evilRepository = (folder: string) =>
    `mkdir -p ${folder}/objects ${folder}/refs; echo 'ref: refs/heads/main' >${folder}/HEAD; printf '${evil}' >${folder}/config`;

  it('B14 keeps hooks and included settings also where a folder above them could be moved', async () => {
    const { workspace } = desk();
    const config = '[core]\n\thooksPath = tools/git/hooks\n[include]\n\tpath = ../conf/git/more\n';
    workspace.write('.git/config', config);
    workspace.write('tools/git/hooks/pre-commit', 'exit 0\n');
    workspace.write('tools/git/other', 'x');
    workspace.write('conf/git/more', '[core]\n');
    await desk().run(
      [
        ...['tools', 'tools/git', 'conf', 'conf/git'].map((folder) => `mv ${folder} ${folder}.old`),
        'mkdir -p tools/git/hooks conf/git',
        'echo evil >tools/git/hooks/pre-commit; echo evil >tools/git/hooks/pre-push',
        `printf '${evil}' >conf/git/more`,
        'mv tools/git/other tools/git/renamed && echo fine >tools/git/made',
      ].join('; '),
    );
    assert.equal(readFileSync(workspace.at('tools/git/hooks/pre-commit'), 'utf8'), 'exit 0\n');
    assert.deepEqual(readdirSync(workspace.at('tools/git/hooks')), ['pre-commit']);
    assert.equal(readFileSync(workspace.at('conf/git/more'), 'utf8'), '[core]\n');
    assert.deepEqual(readdirSync(workspace.at('tools/git')).sort(), ['hooks', 'made', 'renamed']);
  });

  it('B14 sets aside hooks and settings that a repository names and that were not there', async () => {
    const { workspace } = desk();
    const config = '[core]\n\thooksPath = tools/hooks\n[include]\n\tpath = ../more\n';
    workspace.write('.git/config', config);
    const told: string[] = [];
    const onSetAside = (paths: readonly string[]) => void told.push(...paths);
    await desk().run(`mkdir -p tools/hooks; echo evil >tools/hooks/pre-commit`, { onSetAside });
    await desk().run(`printf '${evil}' >more`, { onSetAside });
    assert.deepEqual(told, ['tools/hooks', 'more']);
    assert.deepEqual(readdirSync(workspace.at('tools')), ['hooks.set-aside-by-tandem']);
    assert.equal(existsSync(workspace.at('more')), false);
  });

  it('B14 takes the programs at once out of what took the place of a repository, and leaves one that was moved', async () => {
    const { workspace } = desk();
    const own = '[core]\n\tfsmonitor = mine\n';
    for (const folder of ['sub', 'a/b/c', 'moved']) {
      workspace.write(`${folder}/.git/config`, own);
      workspace.write(`${folder}/.git/HEAD`, 'ref: refs/heads/main\n');
    }
    const told: NewRepository[] = [];
    const onNewRepositories = (made: readonly NewRepository[]) => void told.push(...made);
    const line = [
      `mv sub sub.old && mkdir sub && ${evilRepository('sub/.git')}`,
      `mv a/b a/old && mkdir -p a/b/c && ${evilRepository('a/b/c/.git')}`,
      'mv moved there',
    ].join('; ');
    await desk().run(line, { onNewRepositories });
    assert.deepEqual(told.map(({ folder, disarmed }) => `${folder} ${disarmed}`).sort(), [
      'a/b/c true',
      'sub true',
    ]);
    for (const folder of ['sub', 'a/b/c']) {
      assert.equal(existsSync(workspace.at(folder, '.git/config')), false, folder);
    }
    for (const folder of ['sub.old', 'a/old/c', 'there']) {
      assert.equal(readFileSync(workspace.at(folder, '.git/config'), 'utf8'), own, folder);
    }
  });

  it('B14 takes the programs out of a bare repository, however deep, and leaves those that were there', async () => {
    const { workspace } = desk();
    workspace.write('x/y/z/own/config', '[core]\n\tfsmonitor = mine\n');
    workspace.write('x/y/z/own/HEAD', 'ref: refs/heads/main\n');
    for (const name of ['objects', 'refs']) mkdirSync(workspace.at('x/y/z/own', name));
    const told: NewRepository[] = [];
    const onNewRepositories = (made: readonly NewRepository[]) => void told.push(...made);
    await desk().run(`${evilRepository('d/e/f')}; printf '${evil}' >>x/y/z/own/config`, {
      onNewRepositories,
    });
    const config = workspace.at('d/e/f/config');
    for (let left = 200; existsSync(config) && left > 0; left--) await sleep(50);
    assert.deepEqual(told, [{ folder: 'd/e/f', disarmed: true }]);
    const kept = readFileSync(workspace.at('x/y/z/own/config'), 'utf8');
    assert.equal(kept, '[core]\n\tfsmonitor = mine\n');
  });

  it('B14 keeps the hooks of the repository around the folder', async () => {
    const { workspace } = desk();
    workspace.write('.git/config', '[core]\n\thooksPath = app/hooks\n');
    workspace.write('app/hooks/pre-commit', 'exit 0\n');
    const root = workspace.at('app');
    const { text } = await desk().run('echo x >>hooks/pre-commit; mv hooks h; ls', {
      root,
      cwd: root,
    });
    assert.match(text, /Read-only file system[^]*hooks$/);
    assert.equal(readFileSync(workspace.at('app/hooks/pre-commit'), 'utf8'), 'exit 0\n');
  });

  it('B14 takes the programs also out of a repository that is found while its command still runs', async () => {
    const { workspace } = desk();
    workspace.write('packages/a/src/x', '');
    const told: NewRepository[] = [];
    const onNewRepositories = (made: readonly NewRepository[]) => void told.push(...made);
    const folder = 'packages/a/src/in';
    const line = `git init -q ${folder} && git -C ${folder} config core.fsmonitor ./x; sleep 2`;
    const slow = desk().run(line, { onNewRepositories });
    const config = workspace.at(`${folder}/.git/config`);
    while (!existsSync(config)) await sleep(20);
    await desk().run('true', { onNewRepositories });
    await sleep(1000);
    assert.deepEqual(told, [], 'its command may still be at it');
    await slow;
    for (let left = 200; existsSync(config) && left > 0; left--) await sleep(50);
    assert.deepEqual(told, [{ folder, disarmed: true }]);
  });
});
