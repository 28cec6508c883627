import assert from 'node:assert/strict';
import { chmodSync, existsSync, rmSync } from 'node:fs';
import { CommitDesk, shell, signal } from '../support/commitDesk';

describe('hooks and signatures of a commit of what was accepted', () => {
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
    status,
    standing,
    refused,
  } = desk;

  it('runs the person’s hooks as git commit does, and follows what they change', async () => {
    await start({ 'a.txt': 'a\n', 'b.txt': 'b\n' }, shell('echo A > a.txt; echo B > b.txt'));
    await desk.agent.ask('go');
    await accept('a.txt');
    desk.agent.workspace.write(
      '.git/hooks/pre-commit',
      '#!/bin/sh\ngit diff --cached --name-only > .git/seen\n',
    );
    desk.agent.workspace.write('.git/hooks/commit-msg', '#!/bin/sh\necho "Signed: me" >> "$1"\n');
    for (const name of ['pre-commit', 'commit-msg']) chmodSync(at(`.git/hooks/${name}`), 0o755);
    await commit();
    assert.equal(read('.git/seen'), 'a.txt\n');
    assert.match(run('log', '-1', '--format=%B'), /Signed: me/);
    assert.equal(status(), 'M b.txt');
  });

  it('reports a failing hook and a failing signature with what they printed; nothing is lost', async () => {
    await start({ 'a.txt': 'a\n', 'b.txt': 'b\n' }, shell('echo A > a.txt'));
    desk.agent.workspace.write('b.txt', 'staged\n');
    run('add', 'b.txt');
    await desk.agent.ask('go');
    await acceptAll();
    const hook = desk.agent.workspace.write(
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
    assert.equal(desk.agent.thread.state.accepted.length, 1);
    run('config', 'commit.gpgsign', 'false');
    await commit();
    assert.equal(committed('a.txt'), 'A');
    assert.equal(status(), 'M  b.txt');
  });

  it('ends a hook that hangs when it is stopped, and has committed nothing then', async () => {
    await start({ 'a.txt': 'a\n' }, shell('echo A > a.txt'));
    await desk.agent.ask('go');
    await acceptAll();
    const hook = desk.agent.workspace.write(
      '.git/hooks/pre-commit',
      '#!/bin/sh\ntouch .git/hook-runs\nsleep 600\n',
    );
    chmodSync(hook, 0o755);
    const before = standing();
    const { token } = await preview();
    const abort = new AbortController();
    const making = desk.agent.thread.commits.commit({ message: 'x', token }, abort.signal);
    while (!existsSync(at('.git/hook-runs'))) await new Promise((go) => setTimeout(go, 20));
    await assert.rejects(
      desk.agent.thread.commits.commit({ message: 'x', token }, signal()),
      /already/,
    );
    abort.abort();
    await assert.rejects(making, { name: 'AbortError' });
    assert.deepEqual(standing(), before);
    assert.equal(existsSync(at('.git/index.lock')), false);
  });
});
