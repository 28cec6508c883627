import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Approval, Decision } from '../../src/protocol/approvals';
import { createBubblewrapSandbox } from '../../src/adapters/sandbox/bubblewrapSandbox';
import { createPtyTerminals } from '../../src/adapters/pty/ptyTerminals';
import * as nodePty from 'node-pty';
import { needsSandbox } from '../support/sandboxed';
import {
  functionCall,
  message,
  respond,
  type ScriptedRequest,
  type Step,
} from '../support/scriptedServer';
import { makeTempFolder, type TempFolder } from '../support/tempFolder';
import { startTestThreads, type Overrides, type TestThreads } from '../support/testThreads';

const run = (cmd: string, callId: string, more: object = {}) =>
  functionCall('exec_command', { cmd, yield_time_ms: 2_000, ...more }, callId);
const untrusted = { approvalPolicy: 'untrusted', sandboxMode: 'workspace-write' } as const;
const onRequest = { approvalPolicy: 'on-request', sandboxMode: 'workspace-write' } as const;

/** Types into the session that the first call opened. */
const type =
  (chars: string, callId: string) =>
  (request: ScriptedRequest): Step => {
    const session = Number(/session ID (\d+)/.exec(request.outputOf('c1')!)?.[1]);
    return respond(
      functionCall('write_stdin', { session_id: session, chars, yield_time_ms: 2_000 }, callId),
    );
  };

describe('what commands may do', () => {
  let agent: TestThreads;
  let asked: Approval[];
  afterEach(() => agent.dispose());

  /** Answers the questions of the thread one after the other; an unexpected one fails. */
  function answer(...decisions: Decision[]): void {
    asked = [];
    agent.thread.onEvent((event) => {
      if (event.type !== 'approval.requested') return;
      asked.push(event.approval);
      const decision = decisions.shift();
      assert.ok(decision, `an unexpected question: ${JSON.stringify(event.approval)}`);
      setImmediate(() => agent.thread.resolveApproval(event.approval.id, decision));
    });
  }

  it('lets everyday reading run without a question under untrusted', async () => {
    const lines = [
      'ls -la',
      'cat a.txt | head -n 1',
      'grep -rn one . | wc -l',
      "sed -n '1,2p' a.txt",
      'find . -name "*.txt" -type f | sort',
      'pwd && ls missing 2>/dev/null || true',
    ];
    agent = await startTestThreads({ 'a.txt': 'one\ntwo\n' }, [
      respond(...lines.map((line, index) => run(line, `c${index}`))),
      respond(message('Read.')),
    ]);
    answer();
    await agent.ask('look around', untrusted);
    for (const index of lines.keys()) {
      assert.match(agent.server.requests[1]!.outputOf(`c${index}`)!, /exited with code 0/);
    }
  });

  it('A26 asks again for a script that the agent edited after it was approved for the thread', async () => {
    agent = await startTestThreads({ 's.sh': 'echo one\n' }, [
      respond(run('bash s.sh', 'c1')),
      respond(run('bash s.sh', 'c2')),
      respond(
        functionCall(
          'apply_patch',
          {
            input:
              '*** Begin Patch\n*** Update File: s.sh\n@@\n-echo one\n+echo two\n*** End Patch',
          },
          'c3',
        ),
      ),
      respond(run('bash s.sh', 'c4')),
      respond(message('Done.')),
    ]);
    answer('approveForThread', 'approve');
    await agent.ask('run it', onRequest);
    assert.deepEqual(
      asked.map(({ reasons }) => reasons.some((reason) => reason.includes('the agent edited'))),
      [false, true],
    );
    assert.match(asked[0]?.grant ?? '', /^exactly bash s\.sh in .*while s\.sh stays as it is$/);
    assert.match(agent.server.requests.at(-1)!.outputOf('c4')!, /two/);
  });

  it('A30 takes a checkpoint before it deletes what the person approved to delete', async () => {
    agent = await startTestThreads({ 'src/a.txt': 'precious\n' }, [
      respond(run('rm -rf src', 'c1')),
      respond(message('Deleted.')),
    ]);
    answer('approve');
    await agent.ask('delete it', onRequest);
    assert.ok(asked[0]?.reasons.includes('may destroy work'));
    assert.equal(asked[0]?.grant, undefined);
    assert.equal(existsSync(agent.workspace.at('src/a.txt')), false);
    assert.deepEqual(
      agent.thread.state.changes.files.map(({ path, kind }) => [path, kind]),
      [['src/a.txt', 'delete']],
    );
    await agent.thread.resolveChanges('reject', {});
    assert.equal(readFileSync(agent.workspace.at('src/a.txt'), 'utf8'), 'precious\n');
  });

  it('asks before text goes into a shell that no sandbox confines, once where that is approved', async () => {
    agent = await startTestThreads({}, [
      respond(run('bash', 'c1', { tty: true })),
      type('touch one\n', 'c2'),
      type('touch two\n', 'c3'),
      type('rm -rf one\n', 'c4'),
      type('exit\n', 'c5'),
      respond(message('Done.')),
    ]);
    answer('approve', 'approveForThread', 'deny');
    await agent.ask('use a shell', onRequest);
    assert.deepEqual(
      asked.map(({ subject }) => (subject.kind === 'command' ? subject.command : '')),
      ['bash', 'touch one\n', 'rm -rf one\n'],
    );
    assert.ok(existsSync(agent.workspace.at('one')) && existsSync(agent.workspace.at('two')));
    assert.match(agent.server.requests.at(-1)!.outputOf('c4')!, /the person denied this/);
  });

  describe('in a sandbox', () => {
    needsSandbox();
    let state: TempFolder;
    beforeEach(() => (state = makeTempFolder()));
    afterEach(() => state.remove());

    /** The real sandbox around the real terminals. */
    const confined: Overrides = () => {
      const sandbox = createBubblewrapSandbox({ stateFolder: state.path, home: state.path });
      const environment = async () => ({ PATH: process.env.PATH ?? '', HOME: state.path });
      return {
        sandbox,
        terminals: (cwd) =>
          createPtyTerminals({
            ...{ cwd, environment, sandbox, shell: '/bin/bash' },
            loadPty: () => nodePty,
          }),
      };
    };

    it('lets build folders be deleted and scripts run without a question', async () => {
      const files = { 'dist/a.js': '1', 'b.sh': 'mkdir -p dist && echo built > dist/a.js\n' };
      agent = await startTestThreads(
        files,
        [
          respond(run('rm -rf dist && bash b.sh && cat dist/a.js', 'c1')),
          respond(message('Built.')),
        ],
        confined,
      );
      answer();
      await agent.ask('build', onRequest);
      assert.match(agent.server.requests[1]!.outputOf('c1')!, /built/);
    });

    it('A31 asks each time before a command leaves the sandbox, and shows why', async () => {
      const escalated = {
        sandbox_permissions: 'require_escalated',
        justification: 'May I run it without the sandbox? It is safe.',
        prefix_rule: ['touch'],
      };
      agent = await startTestThreads(
        {},
        [
          respond(run('touch one', 'c1', escalated)),
          respond(run('touch one', 'c2', escalated)),
          respond(message('Done.')),
        ],
        confined,
      );
      answer('approveForThread', 'deny');
      await agent.ask('leave', onRequest);
      assert.equal(asked.length, 2);
      for (const { reasons, grant, justification } of asked) {
        assert.equal(reasons[0], 'asks to run outside the sandbox');
        assert.equal(grant, undefined);
        assert.equal(justification, escalated.justification);
      }
    });

    it('holds what is taken for reading to it, should the judgement be wrong', async () => {
      agent = await startTestThreads(
        { 'a.txt': 'one\n' },
        [respond(run('ls', 'c1')), respond(message('Done.'))],
        (server) => ({
          ...confined(server),
          // A parser and a machine that let a writing program pass for `ls`.
          machine: {
            load: async () => {},
            unreadable: undefined,
            findProgram: () => ({ path: '/usr/bin/ls', realPath: '/usr/bin/ls' }),
            realPath: (path) => path,
            isFile: () => true,
            fingerprint: () => 'absent',
            repositoryPrograms: () => undefined,
            foreignRepository: () => undefined,
            mayTrack: () => false,
          },
          terminals: (cwd) => {
            const real = confined(server).terminals!(cwd);
            return {
              ...real,
              shellName: real.shellName,
              busy: false,
              get: (id) => real.get(id),
              killAll: () => real.killAll(),
              open: (spec) => real.open({ ...spec, command: 'touch written; echo $?' }),
            };
          },
        }),
      );
      answer();
      writeFileSync(agent.workspace.at('b.txt'), '');
      await agent.ask('list', untrusted);
      assert.equal(existsSync(agent.workspace.at('written')), false);
    });
  });
});
