import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { RepositoryError } from '../../src/ports/repository';
import { git, makeRepository } from '../support/gitRepository';
import { customCall, functionCall, message, respond } from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

const patch = (body: string) =>
  respond(customCall('apply_patch', `*** Begin Patch\n${body}\n*** End Patch`, 'c1'));
const shell = (cmd: string) => respond(functionCall('exec_command', { cmd }, 'c1'));
const done = respond(message('Done.'));
const lines = (...words: string[]) => words.map((word) => `${word}\n`).join('');
const ten = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
/** The ten lines with some of them replaced, by their numbers. */
const with_ = (replaced: Record<number, string>) =>
  lines(...ten.map((word, index) => replaced[index + 1] ?? word));
const signal = () => AbortSignal.timeout(30_000);

describe('committing what was accepted', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  /** An agent on a repository with these files committed, whose first turn answers with `step`. */
  async function start(
    files: Readonly<Record<string, string | Uint8Array>>,
    ...steps: readonly ReturnType<typeof respond>[]
  ): Promise<void> {
    agent = await startTestThreads(
      files,
      steps.flatMap((step) => [step, done]),
    );
    makeRepository(agent.workspace.path);
  }
  const run = (...args: string[]) => git(agent.workspace.path, ...args);
  const at = (path: string) => agent.workspace.at(path);
  const read = (path: string) => readFileSync(at(path), 'utf8');
  const file = (path: string) =>
    agent.thread.state.changes.files.find((each) => each.path === path)!;
  const accept = (path: string, hunk?: number) =>
    agent.thread.resolveChanges('accept', {
      path,
      ...(hunk === undefined ? {} : { hunkId: file(path).hunks[hunk]!.id }),
    });
  const acceptAll = () => agent.thread.resolveChanges('accept', {});
  const preview = () => agent.thread.commits.preview(signal());
  async function commit(text = 'Change things'): Promise<void> {
    const { token } = await preview();
    await agent.thread.commits.commit({ message: text, token }, signal());
  }
  const committed = (path: string) => run('show', `HEAD:${path}`);
  const staged = (path: string) => run('show', `:${path}`);
  const status = () => run('status', '--porcelain');
  /** Everything that must not move while something is refused. */
  const standing = () => [
    run('rev-parse', 'HEAD'),
    run('ls-files', '--stage'),
    run('status', '--porcelain'),
  ];
  async function refused(words: RegExp): Promise<RepositoryError> {
    const before = standing();
    let refusal: RepositoryError | undefined;
    await assert.rejects(commit(), (error: RepositoryError) => {
      refusal = error;
      return error instanceof RepositoryError && words.test(error.message);
    });
    assert.deepEqual(standing(), before);
    return refusal!;
  }

  it('commits the accepted hunk of a file and leaves the pending one in the file', async () => {
    await start(
      { 'a.txt': lines(...ten), 'b.txt': 'b\n' },
      shell("sed -i 's/^b$/B/; s/^h$/H/' a.txt; echo B > b.txt"),
    );
    await agent.ask('go');
    await accept('a.txt', 0);
    const { files, left, branch } = await preview();
    assert.deepEqual(files, [
      { path: 'a.txt', kind: 'update', added: 1, removed: 1, binary: false },
    ]);
    assert.deepEqual([left, branch], [[], 'main']);
    await commit('Raise b\n\nBecause.');
    assert.equal(committed('a.txt') + '\n', with_({ 2: 'B' }));
    assert.equal(committed('b.txt'), 'b');
    assert.equal(run('log', '-1', '--format=%B'), 'Raise b\n\nBecause.');
    assert.equal(read('a.txt'), with_({ 2: 'B', 8: 'H' }));
    assert.equal(status(), ['M a.txt', ' M b.txt'].join('\n'));
    assert.equal(run('diff', '--cached', '--stat'), '');
    assert.deepEqual(
      agent.thread.state.changes.files.map(({ path }) => path),
      ['a.txt', 'b.txt'],
    );
  });

  it('records the commit, so that what is in it is not offered again', async () => {
    await start({ 'a.txt': lines(...ten) }, shell("sed -i 's/^b$/B/; s/^h$/H/' a.txt"));
    await agent.ask('go');
    await accept('a.txt', 0);
    await commit();
    assert.deepEqual(agent.thread.state.accepted, []);
    const [made] = agent.thread.state.commits;
    assert.equal(made?.id, run('rev-parse', 'HEAD'));
    assert.deepEqual([made.subject, made.paths], ['Change things', ['a.txt']]);
    await assert.rejects(preview(), /Nothing was accepted/);
    await acceptAll();
    await agent.threads.dispose();
    agent = { ...agent, thread: agent.anotherHost().open(agent.thread.id) };
    await commit('The rest');
    assert.equal(committed('a.txt') + '\n', with_({ 2: 'B', 8: 'H' }));
    assert.equal(status(), '');
    assert.equal(agent.thread.state.commits.length, 2);
  });

  it('leaves what the person staged staged, and their edits unstaged, also in the same file', async () => {
    await start(
      { 'a.txt': lines(...ten), 'b.txt': 'b\n', 'c.txt': 'c\n' },
      shell("sed -i 's/^e$/E/' a.txt"),
    );
    agent.workspace.write('a.txt', with_({ 1: 'staged' }));
    agent.workspace.write('b.txt', 'staged\n');
    run('add', 'a.txt', 'b.txt');
    agent.workspace.write('a.txt', with_({ 1: 'staged', 10: 'mine' }));
    agent.workspace.write('c.txt', 'mine\n');
    agent.workspace.write('new.txt', 'mine\n');
    await agent.ask('go');
    await acceptAll();
    const inode = statSync(at('a.txt')).mtimeMs;
    await commit();
    assert.equal(committed('a.txt') + '\n', with_({ 5: 'E' }));
    assert.equal(staged('a.txt') + '\n', with_({ 1: 'staged', 5: 'E' }));
    assert.equal(read('a.txt'), with_({ 1: 'staged', 5: 'E', 10: 'mine' }));
    assert.equal(statSync(at('a.txt')).mtimeMs, inode, 'files are not written');
    assert.equal(run('show', '--name-only', '--format=', 'HEAD'), 'a.txt');
    assert.equal(status(), ['MM a.txt', 'M  b.txt', ' M c.txt', '?? new.txt'].join('\n'));
  });

  it('commits lines that touch the person’s own uncommitted ones without these', async () => {
    await start({ 'a.txt': lines(...ten) }, shell("sed -i 's/^e$/E/' a.txt"));
    agent.workspace.write('a.txt', with_({ 4: 'mine', 6: 'mine too' }));
    await agent.ask('go');
    await acceptAll();
    await commit();
    assert.equal(committed('a.txt') + '\n', with_({ 5: 'E' }));
    assert.equal(read('a.txt'), with_({ 4: 'mine', 5: 'E', 6: 'mine too' }));
  });

  it('leaves a file out whose accepted lines are the person’s own uncommitted ones, and says so', async () => {
    await start(
      { 'a.txt': lines(...ten), 'b.txt': 'b\n' },
      shell("sed -i 's/mine/yours/' a.txt; echo B > b.txt"),
    );
    agent.workspace.write('a.txt', with_({ 4: 'mine' }));
    await agent.ask('go');
    await acceptAll();
    const { files, left } = await preview();
    assert.deepEqual(
      files.map(({ path }) => path),
      ['b.txt'],
    );
    assert.deepEqual(
      left.map(({ path }) => path),
      ['a.txt'],
    );
    assert.match(left[0]!.reason, /edits of your own/);
    await commit();
    assert.equal(status(), 'M a.txt');
    assert.deepEqual(
      agent.thread.state.accepted.map(({ path }) => path),
      ['a.txt'],
    );
    run('commit', '-qam', 'mine');
    await assert.rejects(preview(), /Nothing accepted is left to commit/);
    assert.deepEqual(agent.thread.state.accepted, []);
  });

  it('leaves a file out where the person staged other edits of the same lines', async () => {
    await start({ 'a.txt': lines(...ten) }, shell("sed -i 's/^e$/E/' a.txt"));
    agent.workspace.write('a.txt', with_({ 5: 'staged' }));
    run('add', 'a.txt');
    agent.workspace.write('a.txt', with_({}));
    await agent.ask('go');
    await acceptAll();
    const { files, left } = await preview();
    assert.deepEqual(files, []);
    assert.match(left[0]!.reason, /staged/);
    await refused(/changed in the meantime|Nothing/);
  });

  it('takes what the person staged of the accepted hunks for what it is', async () => {
    await start({ 'a.txt': lines(...ten) }, shell("sed -i 's/^e$/E/' a.txt"));
    agent.workspace.write('a.txt', with_({ 10: 'mine' }));
    await agent.ask('go');
    await acceptAll();
    run('add', 'a.txt');
    await commit();
    assert.equal(committed('a.txt') + '\n', with_({ 5: 'E' }));
    assert.equal(staged('a.txt') + '\n', with_({ 5: 'E', 10: 'mine' }));
    assert.equal(status(), 'M  a.txt');
  });

  it('commits new, deleted, renamed and binary files, and permissions', async () => {
    await start(
      {
        'old.txt': 'old\n',
        'from.txt': lines(...ten),
        'x.bin': new Uint8Array([0, 1, 2]),
        'run.sh': '#!/bin/sh\n',
        'stay.txt': 'stay\n',
      },
      shell(
        "mkdir sub; echo new > sub/new.txt; rm old.txt; mv from.txt to.txt; printf '\\0\\1\\3' > x.bin; chmod +x run.sh; printf '#!/bin/sh\\n' > tool.sh; chmod +x tool.sh",
      ),
    );
    await agent.ask('go');
    await acceptAll();
    await commit();
    const changed = run('show', '-M', '--raw', '--abbrev=4', '--format=', 'HEAD').split('\n');
    assert.deepEqual(
      changed.map((line) => line.replace(/^:(\d+ \d+) \w+ \w+ /, '$1 ').replace(/\t/g, ' ')),
      [
        '100644 000000 D old.txt',
        '100644 100755 M run.sh',
        '000000 100644 A sub/new.txt',
        '100644 100644 R100 from.txt to.txt',
        '000000 100755 A tool.sh',
        '100644 100644 M x.bin',
      ],
    );
    assert.equal(status(), '');
  });

  it('makes the first commit of a repository, and leaves what was staged for it', async () => {
    agent = await startTestThreads({ 'mine.txt': 'mine\n', 'later.txt': 'later\n' }, [
      patch('*** Add File: a.txt\n+a'),
      done,
    ]);
    run('init', '-q', '-b', 'main');
    run('add', 'mine.txt');
    await agent.ask('go');
    await acceptAll();
    await commit('First');
    assert.equal(run('ls-tree', '-r', '--name-only', 'HEAD'), 'a.txt');
    assert.equal(status(), ['A  mine.txt', '?? later.txt'].join('\n'));
  });

  it('commits on a detached HEAD, as git does, and tells that it is one', async () => {
    await start({ 'a.txt': 'a\n' }, patch('*** Update File: a.txt\n@@\n-a\n+A'));
    run('checkout', '-q', '--detach');
    await agent.ask('go');
    await acceptAll();
    assert.equal((await preview()).branch, null);
    await commit();
    assert.equal(committed('a.txt'), 'A');
    assert.equal(run('show', 'main:a.txt'), 'a');
  });

  it('is refused in the middle of a merge, a rebase and a cherry-pick, with what is going on', async () => {
    await start({ 'a.txt': 'a\n', 'b.txt': 'b\n' }, patch('*** Update File: a.txt\n@@\n-a\n+A'));
    run('checkout', '-q', '-b', 'other');
    agent.workspace.write('b.txt', 'other\n');
    run('commit', '-qam', 'other');
    run('checkout', '-q', 'main');
    agent.workspace.write('b.txt', 'main\n');
    run('commit', '-qam', 'main');
    await agent.ask('go');
    await acceptAll();
    run('add', 'a.txt');
    run('commit', '-qm', 'a by hand');
    run('reset', '-q', '--soft', 'HEAD~');
    for (const [command, words] of [
      ['merge', /A merge is in progress/],
      ['cherry-pick', /A cherry-pick is in progress/],
    ] as const) {
      run('stash', '-q');
      assert.throws(() => run(command, 'other'));
      await refused(words);
      run(command, '--abort');
      run('stash', 'pop', '-q', '--index');
    }
    run('stash', '-q');
    assert.throws(() => run('rebase', 'other'));
    await refused(/A rebase is in progress/);
    run('rebase', '--abort');
    run('stash', 'pop', '-q', '--index');
    await commit();
    assert.equal(committed('a.txt'), 'A');
  });

  it('is refused while another git holds the index, whose lock stays', async () => {
    await start({ 'a.txt': 'a\n' }, patch('*** Update File: a.txt\n@@\n-a\n+A'));
    await agent.ask('go');
    await acceptAll();
    const { token } = await preview();
    agent.workspace.write('.git/index.lock', '');
    await assert.rejects(preview(), /Another git is at work/);
    const making = agent.thread.commits.commit({ message: 'x', token }, signal());
    await assert.rejects(making, /Another git is at work/);
    assert.ok(existsSync(at('.git/index.lock')));
    rmSync(at('.git/index.lock'));
    await commit();
    assert.equal(committed('a.txt'), 'A');
    assert.equal(existsSync(at('.git/index.lock')), false);
  });

  it('leaves out files of submodules, behind links, and ignored ones, each with its reason', async () => {
    await start(
      { 'a.txt': 'a\n', '.gitignore': 'out/\n' },
      patch(
        '*** Update File: a.txt\n@@\n-a\n+A\n*** Add File: inner/x.txt\n+x\n*** Add File: out/y.txt\n+y',
      ),
    );
    run('init', '-q', 'inner');
    await agent.ask('go');
    await acceptAll();
    const { files, left } = await preview();
    assert.deepEqual(
      files.map(({ path }) => path),
      ['a.txt'],
    );
    assert.deepEqual(left, [
      { path: 'inner/x.txt', reason: 'lies in a submodule or another repository' },
      { path: 'out/y.txt', reason: 'is ignored by git' },
    ]);
    renameSync(at('out'), at('elsewhere'));
    await commit();
    assert.equal(run('show', '--name-only', '--format=', 'HEAD'), 'a.txt');
  });

  it('says so where there is no repository, and where nothing was accepted', async () => {
    agent = await startTestThreads({ 'a.txt': 'a\n' }, [
      patch('*** Update File: a.txt\n@@\n-a\n+A'),
      done,
    ]);
    await agent.ask('go');
    await assert.rejects(preview(), /in no git repository/);
    makeRepository(agent.workspace.path);
    await assert.rejects(preview(), /Nothing was accepted/);
    await acceptAll();
    await assert.rejects(preview(), /Nothing accepted is left to commit/);
  });

  it('stores CRLF files as git would: as LF where it converts, as they are where they are kept', async () => {
    await start(
      { 'kept.txt': 'a\r\nb\r\nc\r\n', 'lf.txt': 'a\nb\n', '.gitattributes': 'conv* text\n' },
      shell(
        "printf 'a\\r\\nB\\r\\nc\\r\\n' > kept.txt; sed -i 's/^b/B/' conv.txt; printf 'x\\r\\n' > new.txt",
      ),
    );
    agent.workspace.write('conv.txt', 'a\r\nb\r\n');
    run('add', 'conv.txt');
    run('commit', '-qm', 'conv');
    await agent.ask('go');
    run('config', 'core.autocrlf', 'true');
    await acceptAll();
    await commit();
    const raw = (path: string) => run('cat-file', '-p', `HEAD:${path}`);
    assert.equal(raw('kept.txt'), 'a\r\nB\r\nc');
    assert.equal(raw('conv.txt'), 'a\nB');
    assert.equal(raw('new.txt'), 'x');
    assert.equal(
      run('show', '--stat', '--format=', 'HEAD', '--', 'kept.txt').includes('2 +-'),
      true,
    );
    assert.equal(read('conv.txt'), 'a\r\nB\r\n');
    assert.equal(status(), '');
  });

  it('passes files through the person’s own filters', async () => {
    await start({ 'a.up': 'a\n', '.gitattributes': '*.up filter=up\n' }, shell('echo b > a.up'));
    run('config', 'filter.up.clean', 'tr a-z A-Z');
    await agent.ask('go');
    await acceptAll();
    run('add', 'a.up');
    run('reset', '-q');
    run('commit', '-qm', 'cleaned', '--allow-empty');
    const { left, files } = await preview();
    assert.deepEqual(
      [left.length, files.length],
      [1, 0],
      'what is stored is not what the filter makes',
    );
    run('rm', '-q', '--cached', 'a.up');
    agent.workspace.write('a.up', 'a\n');
    run('add', 'a.up');
    run('commit', '-qm', 'as the filter makes it');
    agent.workspace.write('a.up', 'b\n');
    await commit();
    assert.equal(committed('a.up'), 'B');
    assert.equal(status(), '');
  });

  it('runs the person’s hooks as git commit does, and follows what they change', async () => {
    await start({ 'a.txt': 'a\n', 'b.txt': 'b\n' }, shell('echo A > a.txt; echo B > b.txt'));
    await agent.ask('go');
    await accept('a.txt');
    agent.workspace.write(
      '.git/hooks/pre-commit',
      '#!/bin/sh\ngit diff --cached --name-only > .git/seen\n',
    );
    agent.workspace.write('.git/hooks/commit-msg', '#!/bin/sh\necho "Signed: me" >> "$1"\n');
    for (const name of ['pre-commit', 'commit-msg']) chmodSync(at(`.git/hooks/${name}`), 0o755);
    await commit();
    assert.equal(read('.git/seen'), 'a.txt\n');
    assert.match(run('log', '-1', '--format=%B'), /Signed: me/);
    assert.equal(status(), 'M b.txt');
  });

  it('reports a failing hook and a failing signature with what they printed; nothing is lost', async () => {
    await start({ 'a.txt': 'a\n', 'b.txt': 'b\n' }, shell('echo A > a.txt'));
    agent.workspace.write('b.txt', 'staged\n');
    run('add', 'b.txt');
    await agent.ask('go');
    await acceptAll();
    const hook = agent.workspace.write(
      '.git/hooks/pre-commit',
      '#!/bin/sh\necho "lint: 3 problems"; echo "on the other stream" >&2; exit 1\n',
    );
    chmodSync(hook, 0o755);
    const refusal = await refused(/did not commit, and nothing changed/);
    assert.match(refusal.output, /lint: 3 problems/);
    assert.match(refusal.output, /on the other stream/);
    rmSync(hook);
    run('config', 'commit.gpgsign', 'true');
    run('config', 'gpg.program', '/bin/false');
    assert.match((await refused(/did not commit/)).output, /gpg failed to sign/);
    assert.equal(agent.thread.state.accepted.length, 1);
    run('config', 'commit.gpgsign', 'false');
    await commit();
    assert.equal(committed('a.txt'), 'A');
    assert.equal(status(), 'M  b.txt');
  });

  it('ends a hook that hangs when it is stopped, and has committed nothing then', async () => {
    await start({ 'a.txt': 'a\n' }, shell('echo A > a.txt'));
    await agent.ask('go');
    await acceptAll();
    const hook = agent.workspace.write(
      '.git/hooks/pre-commit',
      '#!/bin/sh\ntouch .git/hook-runs\nsleep 600\n',
    );
    chmodSync(hook, 0o755);
    const before = standing();
    const { token } = await preview();
    const abort = new AbortController();
    const making = agent.thread.commits.commit({ message: 'x', token }, abort.signal);
    while (!existsSync(at('.git/hook-runs'))) await new Promise((go) => setTimeout(go, 20));
    await assert.rejects(agent.thread.commits.commit({ message: 'x', token }, signal()), /already/);
    abort.abort();
    await assert.rejects(making, { name: 'AbortError' });
    assert.deepEqual(standing(), before);
    assert.equal(existsSync(at('.git/index.lock')), false);
  });

  it('is refused where what was accepted, or the repository, is not what was looked at', async () => {
    await start({ 'a.txt': lines(...ten) }, shell("sed -i 's/^b$/B/; s/^h$/H/' a.txt"));
    await agent.ask('go');
    await accept('a.txt', 0);
    const { token } = await preview();
    await acceptAll();
    const making = agent.thread.commits.commit({ message: 'x', token }, signal());
    await assert.rejects(making, /changed in the meantime/);
    await assert.rejects(
      agent.thread.commits.commit({ message: ' \n', token }, signal()),
      /needs a message/,
    );
  });

  it('leaves out what the person took back, and takes along what they changed inside of it', async () => {
    await start(
      { 'a.txt': lines(...ten), 'b.txt': 'b\n' },
      shell("sed -i 's/^b$/B/; s/^e$/E/; s/^h$/H/' a.txt; echo B > b.txt"),
    );
    await agent.ask('go');
    await acceptAll();
    agent.workspace.write('a.txt', with_({ 5: 'better', 8: 'H', 10: 'mine' }));
    agent.workspace.write('b.txt', 'b\n');
    await commit();
    assert.equal(committed('a.txt') + '\n', with_({ 5: 'better', 8: 'H' }));
    assert.equal(run('show', '--name-only', '--format=', 'HEAD'), 'a.txt');
    assert.deepEqual(agent.thread.state.accepted, []);
    assert.equal(status(), 'M a.txt');
  });

  it('offers what came back with the undo of a restore, and nothing that a restore took out', async () => {
    await start({ 'a.txt': lines(...ten) }, shell("sed -i 's/^b$/B/' a.txt"));
    await agent.ask('go');
    await acceptAll();
    const { checkpoints, state } = agent.thread;
    const before = { turnId: state.turns[0]!.id };
    await checkpoints.restore(before, { scope: 'files' });
    await checkpoints.undo(agent.thread.state.restores[0]!.id);
    assert.equal((await preview()).files.length, 1);
    await checkpoints.restore(before, { scope: 'files' });
    await refused(/Nothing accepted is left/);
    assert.deepEqual(agent.thread.state.accepted, []);
  });

  it('follows a file through several accepts, with edits of the person in between', async () => {
    await start(
      { 'a.txt': lines(...ten) },
      shell("sed -i 's/^b$/B/' a.txt"),
      shell("sed -i 's/^h$/H/; s/^B$/BB/' a.txt"),
    );
    await agent.ask('go');
    await acceptAll();
    agent.workspace.write('a.txt', with_({ 2: 'B', 5: 'mine' }));
    await agent.ask('on');
    await acceptAll();
    await commit();
    assert.equal(committed('a.txt') + '\n', with_({ 2: 'BB', 8: 'H' }));
    assert.equal(read('a.txt'), with_({ 2: 'BB', 5: 'mine', 8: 'H' }));
  });

  it('leaves nothing behind where it only looked', async () => {
    await start({ 'a.txt': 'a\r\n' }, shell("printf 'A\\r\\n' > a.txt"));
    run('config', 'core.autocrlf', 'input');
    await agent.ask('go');
    await acceptAll();
    const objects = () => run('count-objects');
    const before = [objects(), ...standing(), readFileSync(at('.git/index'), 'base64')];
    await preview();
    assert.deepEqual([objects(), ...standing(), readFileSync(at('.git/index'), 'base64')], before);
  });
});
