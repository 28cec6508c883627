import assert from 'node:assert/strict';
import { existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { CommitDesk, done, lines, patch, shell, signal, ten, tenWith } from '../support/commitDesk';
import { makeRepository } from '../support/gitRepository';
import { startTestThreads } from '../support/testThreads';

describe('committing what was accepted', () => {
  const desk = new CommitDesk();
  const {
    start,
    run,
    at,
    read,
    accept,
    acceptAll,
    preview,
    commit,
    committed,
    staged,
    status,
    refused,
    standing,
  } = desk;

  it('commits the accepted hunk of a file and leaves the pending one in the file', async () => {
    await start(
      { 'a.txt': lines(...ten), 'b.txt': 'b\n' },
      shell("sed -i 's/^b$/B/; s/^h$/H/' a.txt; echo B > b.txt"),
    );
    await desk.agent.ask('go');
    await accept('a.txt', 0);
    const { files, left, branch } = await preview();
    assert.deepEqual(files, [
      { path: 'a.txt', kind: 'update', added: 1, removed: 1, binary: false },
    ]);
    assert.deepEqual([left, branch], [[], 'main']);
    await commit('Raise b\n\nBecause.');
    assert.equal(committed('a.txt') + '\n', tenWith({ 2: 'B' }));
    assert.equal(committed('b.txt'), 'b');
    assert.equal(run('log', '-1', '--format=%B'), 'Raise b\n\nBecause.');
    assert.equal(read('a.txt'), tenWith({ 2: 'B', 8: 'H' }));
    assert.equal(status(), ['M a.txt', ' M b.txt'].join('\n'));
    assert.equal(run('diff', '--cached', '--stat'), '');
    assert.deepEqual(
      desk.agent.thread.state.changes.files.map(({ path }) => path),
      ['a.txt', 'b.txt'],
    );
  });

  it('records the commit, so that what is in it is not offered again', async () => {
    await start({ 'a.txt': lines(...ten) }, shell("sed -i 's/^b$/B/; s/^h$/H/' a.txt"));
    await desk.agent.ask('go');
    await accept('a.txt', 0);
    await commit();
    assert.deepEqual(desk.agent.thread.state.accepted, []);
    const [made] = desk.agent.thread.state.commits;
    assert.equal(made?.id, run('rev-parse', 'HEAD'));
    assert.deepEqual([made.subject, made.paths], ['Change things', ['a.txt']]);
    await assert.rejects(preview(), /Nothing was accepted/);
    await acceptAll();
    await desk.agent.threads.dispose();
    desk.agent = { ...desk.agent, thread: desk.agent.anotherHost().open(desk.agent.thread.id) };
    await commit('The rest');
    assert.equal(committed('a.txt') + '\n', tenWith({ 2: 'B', 8: 'H' }));
    assert.equal(status(), '');
    assert.equal(desk.agent.thread.state.commits.length, 2);
  });

  it('leaves what the person staged staged, and their edits unstaged, also in the same file', async () => {
    await start(
      { 'a.txt': lines(...ten), 'b.txt': 'b\n', 'c.txt': 'c\n' },
      shell("sed -i 's/^e$/E/' a.txt"),
    );
    desk.agent.workspace.write('a.txt', tenWith({ 1: 'staged' }));
    desk.agent.workspace.write('b.txt', 'staged\n');
    run('add', 'a.txt', 'b.txt');
    desk.agent.workspace.write('a.txt', tenWith({ 1: 'staged', 10: 'mine' }));
    desk.agent.workspace.write('c.txt', 'mine\n');
    desk.agent.workspace.write('new.txt', 'mine\n');
    await desk.agent.ask('go');
    await acceptAll();
    const inode = statSync(at('a.txt')).mtimeMs;
    await commit();
    assert.equal(committed('a.txt') + '\n', tenWith({ 5: 'E' }));
    assert.equal(staged('a.txt') + '\n', tenWith({ 1: 'staged', 5: 'E' }));
    assert.equal(read('a.txt'), tenWith({ 1: 'staged', 5: 'E', 10: 'mine' }));
    assert.equal(statSync(at('a.txt')).mtimeMs, inode, 'files are not written');
    assert.equal(run('show', '--name-only', '--format=', 'HEAD'), 'a.txt');
    assert.equal(status(), ['MM a.txt', 'M  b.txt', ' M c.txt', '?? new.txt'].join('\n'));
  });

  it('commits lines that touch the person’s own uncommitted ones without these', async () => {
    await start({ 'a.txt': lines(...ten) }, shell("sed -i 's/^e$/E/' a.txt"));
    desk.agent.workspace.write('a.txt', tenWith({ 4: 'mine', 6: 'mine too' }));
    await desk.agent.ask('go');
    await acceptAll();
    await commit();
    assert.equal(committed('a.txt') + '\n', tenWith({ 5: 'E' }));
    assert.equal(read('a.txt'), tenWith({ 4: 'mine', 5: 'E', 6: 'mine too' }));
  });

  it('leaves a file out whose accepted lines are the person’s own uncommitted ones, and says so', async () => {
    await start(
      { 'a.txt': lines(...ten), 'b.txt': 'b\n' },
      shell("sed -i 's/mine/yours/' a.txt; echo B > b.txt"),
    );
    desk.agent.workspace.write('a.txt', tenWith({ 4: 'mine' }));
    await desk.agent.ask('go');
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
      desk.agent.thread.state.accepted.map(({ path }) => path),
      ['a.txt'],
    );
    run('commit', '-qam', 'mine');
    await assert.rejects(preview(), /Nothing accepted is left to commit/);
    assert.deepEqual(desk.agent.thread.state.accepted, []);
  });

  it('leaves a file out where the person staged other edits of the same lines', async () => {
    await start({ 'a.txt': lines(...ten) }, shell("sed -i 's/^e$/E/' a.txt"));
    desk.agent.workspace.write('a.txt', tenWith({ 5: 'staged' }));
    run('add', 'a.txt');
    desk.agent.workspace.write('a.txt', tenWith({}));
    await desk.agent.ask('go');
    await acceptAll();
    const { files, left } = await preview();
    assert.deepEqual(files, []);
    assert.match(left[0]!.reason, /staged/);
    await refused(/changed in the meantime|Nothing/);
  });

  it('takes what the person staged of the accepted hunks for what it is', async () => {
    await start({ 'a.txt': lines(...ten) }, shell("sed -i 's/^e$/E/' a.txt"));
    desk.agent.workspace.write('a.txt', tenWith({ 10: 'mine' }));
    await desk.agent.ask('go');
    await acceptAll();
    run('add', 'a.txt');
    await commit();
    assert.equal(committed('a.txt') + '\n', tenWith({ 5: 'E' }));
    assert.equal(staged('a.txt') + '\n', tenWith({ 5: 'E', 10: 'mine' }));
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
    await desk.agent.ask('go');
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
    desk.agent = await startTestThreads({ 'mine.txt': 'mine\n', 'later.txt': 'later\n' }, [
      patch('*** Add File: a.txt\n+a'),
      done,
    ]);
    run('init', '-q', '-b', 'main');
    run('add', 'mine.txt');
    await desk.agent.ask('go');
    await acceptAll();
    await commit('First');
    assert.equal(run('ls-tree', '-r', '--name-only', 'HEAD'), 'a.txt');
    assert.equal(status(), ['A  mine.txt', '?? later.txt'].join('\n'));
  });

  it('commits on a detached HEAD, as git does, and tells that it is one', async () => {
    await start({ 'a.txt': 'a\n' }, patch('*** Update File: a.txt\n@@\n-a\n+A'));
    run('checkout', '-q', '--detach');
    await desk.agent.ask('go');
    await acceptAll();
    assert.equal((await preview()).branch, null);
    await commit();
    assert.equal(committed('a.txt'), 'A');
    assert.equal(run('show', 'main:a.txt'), 'a');
  });

  it('is refused in the middle of a merge, a rebase and a cherry-pick, with what is going on', async () => {
    await start({ 'a.txt': 'a\n', 'b.txt': 'b\n' }, patch('*** Update File: a.txt\n@@\n-a\n+A'));
    run('checkout', '-q', '-b', 'other');
    desk.agent.workspace.write('b.txt', 'other\n');
    run('commit', '-qam', 'other');
    run('checkout', '-q', 'main');
    desk.agent.workspace.write('b.txt', 'main\n');
    run('commit', '-qam', 'main');
    await desk.agent.ask('go');
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
    await desk.agent.ask('go');
    await acceptAll();
    const { token } = await preview();
    desk.agent.workspace.write('.git/index.lock', '');
    await assert.rejects(preview(), /Another git is at work/);
    const making = desk.agent.thread.commits.commit({ message: 'x', token }, signal());
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
    await desk.agent.ask('go');
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
    desk.agent = await startTestThreads({ 'a.txt': 'a\n' }, [
      patch('*** Update File: a.txt\n@@\n-a\n+A'),
      done,
    ]);
    await desk.agent.ask('go');
    await assert.rejects(preview(), /in no git repository/);
    makeRepository(desk.agent.workspace.path);
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
    desk.agent.workspace.write('conv.txt', 'a\r\nb\r\n');
    run('add', 'conv.txt');
    run('commit', '-qm', 'conv');
    await desk.agent.ask('go');
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
    await desk.agent.ask('go');
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
    desk.agent.workspace.write('a.up', 'a\n');
    run('add', 'a.up');
    run('commit', '-qm', 'as the filter makes it');
    desk.agent.workspace.write('a.up', 'b\n');
    await commit();
    assert.equal(committed('a.up'), 'B');
    assert.equal(status(), '');
  });

  it('is refused where what was accepted, or the repository, is not what was looked at', async () => {
    await start({ 'a.txt': lines(...ten) }, shell("sed -i 's/^b$/B/; s/^h$/H/' a.txt"));
    await desk.agent.ask('go');
    await accept('a.txt', 0);
    const { token } = await preview();
    await acceptAll();
    const making = desk.agent.thread.commits.commit({ message: 'x', token }, signal());
    await assert.rejects(making, /changed in the meantime/);
    await assert.rejects(
      desk.agent.thread.commits.commit({ message: ' \n', token }, signal()),
      /needs a message/,
    );
  });

  it('leaves out what the person took back, and takes along what they changed inside of it', async () => {
    await start(
      { 'a.txt': lines(...ten), 'b.txt': 'b\n' },
      shell("sed -i 's/^b$/B/; s/^e$/E/; s/^h$/H/' a.txt; echo B > b.txt"),
    );
    await desk.agent.ask('go');
    await acceptAll();
    desk.agent.workspace.write('a.txt', tenWith({ 5: 'better', 8: 'H', 10: 'mine' }));
    desk.agent.workspace.write('b.txt', 'b\n');
    await commit();
    assert.equal(committed('a.txt') + '\n', tenWith({ 5: 'better', 8: 'H' }));
    assert.equal(run('show', '--name-only', '--format=', 'HEAD'), 'a.txt');
    assert.deepEqual(desk.agent.thread.state.accepted, []);
    assert.equal(status(), 'M a.txt');
  });

  it('offers what came back with the undo of a restore, and nothing that a restore took out', async () => {
    await start({ 'a.txt': lines(...ten) }, shell("sed -i 's/^b$/B/' a.txt"));
    await desk.agent.ask('go');
    await acceptAll();
    const { checkpoints, state } = desk.agent.thread;
    const before = { turnId: state.turns[0]!.id };
    await checkpoints.restore(before, { scope: 'files' });
    await checkpoints.undo(desk.agent.thread.state.restores[0]!.id);
    assert.equal((await preview()).files.length, 1);
    await checkpoints.restore(before, { scope: 'files' });
    await refused(/Nothing accepted is left/);
    assert.deepEqual(desk.agent.thread.state.accepted, []);
  });

  it('follows a file through several accepts, with edits of the person in between', async () => {
    await start(
      { 'a.txt': lines(...ten) },
      shell("sed -i 's/^b$/B/' a.txt"),
      shell("sed -i 's/^h$/H/; s/^B$/BB/' a.txt"),
    );
    await desk.agent.ask('go');
    await acceptAll();
    desk.agent.workspace.write('a.txt', tenWith({ 2: 'B', 5: 'mine' }));
    await desk.agent.ask('on');
    await acceptAll();
    await commit();
    assert.equal(committed('a.txt') + '\n', tenWith({ 2: 'BB', 8: 'H' }));
    assert.equal(read('a.txt'), tenWith({ 2: 'BB', 5: 'mine', 8: 'H' }));
  });

  it('leaves nothing behind where it only looked', async () => {
    await start({ 'a.txt': 'a\r\n' }, shell("printf 'A\\r\\n' > a.txt"));
    run('config', 'core.autocrlf', 'input');
    await desk.agent.ask('go');
    await acceptAll();
    const objects = () => run('count-objects');
    const before = [objects(), ...standing(), readFileSync(at('.git/index'), 'base64')];
    await preview();
    assert.deepEqual([objects(), ...standing(), readFileSync(at('.git/index'), 'base64')], before);
  });
});
