import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Approver } from '../../src/ports/approver';
import type { AuditRecord } from '../../src/threads/audit';
import { runHeadless } from '../support/runHeadless';
import {
  customCall,
  functionCall,
  message,
  respond,
  startScriptedServer,
  type Script,
} from '../support/scriptedServer';
import { needsSandbox } from '../support/sandboxed';
import { useTempFolder } from '../support/tempFolder';
import { startTestThreads, type TestThreads } from '../support/testThreads';

type Kind = AuditRecord['record'];
type RecordOf<K extends Kind> = Extract<AuditRecord, { readonly record: K }>;

const run = (cmd: string) => respond(functionCall('exec_command', { cmd }));
const write = (patch: string) => respond(customCall('apply_patch', patch));
const done = respond(message('Done.'));

const addNew = '*** Begin Patch\n*** Add File: new.txt\n+new\n*** End Patch\n';

/** The id that git gives a text. */
const hash = (text: string) =>
  execFileSync('git', ['hash-object', '--stdin'], { input: text, encoding: 'utf8' }).trim();

describe('the record of a thread', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  const start = async (script: Script, approver?: Approver) => {
    agent = await startTestThreads({ 'a.txt': 'a\n' }, script, () =>
      approver ? { approver } : {},
    );
  };
  const records = (): AuditRecord[] =>
    agent.threads
      .export(agent.thread.id, 'audit')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as AuditRecord);
  const ofKind = <K extends Kind>(kind: K) =>
    records().filter((record): record is RecordOf<K> => record.record === kind);

  it('has each command with its folder, who let it run, how it ended and what it wrote, before and after', async () => {
    await start([run('echo b > a.txt; exit 3'), write(addNew), done]);
    await agent.ask('go');
    while (ofKind('write').length < 2) await new Promise((resolve) => setTimeout(resolve, 20));

    const [ran, wrote] = ofKind('decision');
    const cwd = agent.workspace.path;
    assert.deepEqual(ran?.subject, { kind: 'command', command: 'echo b > a.txt; exit 3', cwd });
    assert.deepEqual([ran.outcome, ran.by, ran.confined], ['allowed', 'policy', undefined]);
    assert.deepEqual(wrote?.subject, { kind: 'write', paths: [agent.workspace.at('new.txt')] });
    const [command] = ofKind('command');
    assert.deepEqual(
      [command?.command, command?.cwd, command?.exitCode],
      ['echo b > a.txt; exit 3', cwd, 3],
    );
    assert.equal(command?.call, ran.call);
    const writes = ofKind('write').map(({ path, before, after, call }) => [
      path,
      before,
      after,
      call,
    ]);
    assert.deepEqual(writes.sort(), [
      ['a.txt', hash('a\n'), hash('b\n'), ran.call],
      ['new.txt', null, hash('new\n'), wrote.call],
    ]);
    const kinds = records().map(({ record }) => record);
    assert.deepEqual(kinds.slice(0, 3), ['thread', 'turn', 'decision']);
    const numbers = records().map(({ seq }) => seq);
    assert.deepEqual(
      numbers,
      [...numbers].sort((a, b) => a - b),
    );
  });

  it('has what was denied, by whom and why, and no command for it', async () => {
    await start([run('touch x'), done, run('touch y'), done], {
      ask: async () => ({ decision: 'deny', by: 'user' }),
    });
    await agent.ask('go', { approvalPolicy: 'untrusted' });
    await agent.ask('go', { mode: 'ask' });
    const [byPerson, byPolicy] = ofKind('decision');
    assert.deepEqual([byPerson?.outcome, byPerson?.by], ['denied', 'user']);
    assert.ok(byPerson!.reasons.length > 0);
    assert.deepEqual([byPolicy?.outcome, byPolicy?.by], ['denied', 'policy']);
    assert.match(byPolicy!.reasons.join(), /Mode ask only reads/);
    const ran = ofKind('command').filter(({ status }) => status !== 'declined');
    assert.deepEqual(ran, []);
  });

  it('has what the person rejected, and what that wrote', async () => {
    await start([run('echo b > a.txt'), done]);
    await agent.ask('go');
    while (ofKind('write').length < 1) await new Promise((resolve) => setTimeout(resolve, 20));
    await agent.thread.resolveChanges('reject', { path: 'a.txt' });
    const [review] = ofKind('review');
    assert.deepEqual([review?.resolution, review?.paths], ['reject', ['a.txt']]);
    const { by, path, before, after } = ofKind('write').at(-1)!;
    assert.deepEqual([by, path, before, after], ['user', 'a.txt', hash('b\n'), hash('a\n')]);
  });

  it('is on the disk with the decision before the command begins', async () => {
    await start([run('cat "$HOME"/threads/*.jsonl > seen'), done]);
    await agent.ask('go');
    const seen = readFileSync(agent.workspace.at('seen'), 'utf8');
    assert.match(seen, /"type":"decision\.made"/);
  });

  it('comes out of the command line, too', async () => {
    await start([run('echo hi > b.txt'), done]);
    await agent.ask('go');
    const { stdout, code } = await runHeadless({
      args: ['threads', 'audit', agent.thread.id],
      cwd: agent.workspace.path,
      env: { TANDEM_HOME: agent.stateFolder },
    });
    assert.equal(code, 0);
    assert.equal(stdout, agent.threads.export(agent.thread.id, 'audit'));
    assert.match(stdout, /"record":"command","command":"echo hi > b.txt"/);
  });
});

describe('the record of a thread in the sandbox', () => {
  needsSandbox();
  const folder = useTempFolder({ 'ws/a.txt': 'a\n' });

  it('tells what a command was confined to, and what the model asked to run outside of it', async () => {
    const escalated = { sandbox_permissions: 'require_escalated', justification: 'It is needed.' };
    const server = await startScriptedServer([
      run('echo b > b.txt'),
      run('cat a.txt'),
      respond(functionCall('exec_command', { cmd: 'echo c > c.txt', ...escalated })),
      done,
    ]);
    const env = {
      ...{ OPENAI_API_KEY: 'k', OPENAI_BASE_URL: server.baseUrl, HOME: folder().path },
      TANDEM_HOME: folder().at('state'),
    };
    const cwd = folder().at('ws');
    const { stdout } = await runHeadless({ args: ['exec', '--json', 'go'], cwd, env });
    await server.close();
    const id = /"thread_id":"([^"]+)"/.exec(stdout)![1]!;
    const audit = await runHeadless({ args: ['threads', 'audit', id], cwd, env });
    const decisions = audit.lines
      .map((line) => line as unknown as AuditRecord)
      .filter((record) => record.record === 'decision');
    assert.deepEqual(
      decisions.map(({ outcome, by, confined, escalated: asked }) => [
        outcome,
        by,
        confined,
        asked,
      ]),
      [
        ['allowed', 'policy', 'workspace-write', undefined],
        ['allowed', 'policy', 'read-only', undefined],
        ['denied', 'policy', undefined, true],
      ],
    );
  });
});
