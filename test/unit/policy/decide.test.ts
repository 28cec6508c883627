import assert from 'node:assert/strict';
import type { Access } from '../../../src/policy/access';
import { decide, isConfined } from '../../../src/policy/decide';
import { exactGrant, Grants } from '../../../src/policy/grants';
import { sampleSituation } from '../../support/policyDoubles';

const root = '/projects/app';

const situation = sampleSituation;

const command = (text: string, cwd = root): Access => ({
  kind: 'command',
  command: text,
  cwd,
  unusualShell: false,
  escalated: false,
});
const write = (...paths: string[]): Access => ({ kind: 'write', paths });

describe('decide', () => {
  it('lets plainly read-only commands run under every policy and mode', () => {
    for (const approvalPolicy of ['untrusted', 'on-request', 'never'] as const) {
      for (const mode of ['ask', 'plan', 'agent'] as const) {
        const verdict = decide(command('ls src'), situation({ approvalPolicy, mode }));
        assert.deepEqual(verdict, { kind: 'allow', readOnly: true, by: 'policy' });
      }
    }
  });

  it('lets commands with effects run unasked inside a sandbox only, and destructive ones not even there', () => {
    const sandboxed = { sandboxUnavailable: undefined };
    for (const approvalPolicy of ['on-request', 'never'] as const) {
      const verdict = decide(command('npm test'), situation({ ...sandboxed, approvalPolicy }));
      assert.deepEqual(verdict, { kind: 'allow', readOnly: false, by: 'policy' });
    }
    const untrusted = situation({ ...sandboxed, approvalPolicy: 'untrusted' });
    assert.equal(decide(command('npm test'), untrusted).kind, 'ask');
    assert.equal(decide(command('rm -rf src'), situation(sandboxed)).kind, 'ask');
    assert.ok(isConfined(command('rm -rf src'), situation(sandboxed)));
    assert.ok(!isConfined(command('ls'), situation({})));
    const open = situation({ ...sandboxed, sandboxMode: 'full-access' });
    assert.ok(!isConfined(command('npm test'), open));
  });

  it('asks for every command that is to run outside the sandbox, also for reading', () => {
    const access: Access = {
      kind: 'command',
      command: 'ls',
      cwd: root,
      unusualShell: false,
      escalated: true,
    };
    const asked = decide(access, situation({ sandboxUnavailable: undefined }));
    assert.equal(asked.kind, 'ask');
    assert.match('reasons' in asked ? asked.reasons.join() : '', /outside the sandbox/);
    assert.ok(!('grant' in asked));
    const never = situation({ sandboxUnavailable: undefined, approvalPolicy: 'never' });
    assert.equal(decide(access, never).kind, 'deny');
    assert.ok(!isConfined(access, never));
  });

  it('lets input go to a running command in mode agent only', () => {
    const session = { id: 1, command: 'npm init', confined: true };
    const typing = { kind: 'typing', text: 'y', sessionId: 1, session } as const;
    assert.equal(decide(typing, situation()).kind, 'allow');
    for (const mode of ['ask', 'plan'] as const) {
      assert.equal(decide(typing, situation({ mode })).kind, 'deny');
    }
  });

  it('asks about other commands where no sandbox confines them, and says so', () => {
    for (const approvalPolicy of ['untrusted', 'on-request'] as const) {
      const verdict = decide(command('node test.js'), situation({ approvalPolicy }));
      assert.equal(verdict.kind, 'ask');
      assert.match(
        verdict.kind === 'ask' ? verdict.reasons.join() : '',
        /no sandbox: not built yet/,
      );
    }
  });

  it('denies what would ask when nobody may be asked', () => {
    const verdict = decide(command('node test.js'), situation({ approvalPolicy: 'never' }));
    assert.equal(verdict.kind, 'deny');
  });

  it('runs commands unasked with full access, destructive ones only when nobody may be asked', () => {
    const full = { sandboxMode: 'full-access' } as const;
    assert.equal(decide(command('node test.js'), situation(full)).kind, 'allow');
    assert.equal(decide(command('git clean -fdx'), situation(full)).kind, 'ask');
    assert.equal(
      decide(command('git clean -fdx'), situation({ ...full, approvalPolicy: 'never' })).kind,
      'allow',
    );
    assert.equal(
      decide(command('node test.js'), situation({ ...full, approvalPolicy: 'untrusted' })).kind,
      'ask',
    );
  });

  it('refuses writes and effects in the reading modes whatever else is allowed', () => {
    for (const mode of ['ask', 'plan'] as const) {
      const open = situation({ mode, sandboxMode: 'full-access', approvalPolicy: 'never' });
      assert.equal(decide(command('node test.js'), open).kind, 'deny');
      assert.equal(decide(write('/projects/app/a.ts'), open).kind, 'deny');
    }
  });

  it('remembers a grant for the very command in the very folder', () => {
    const grants = new Grants();
    const scope = { cwd: root, confinement: 'none', scripts: [] };
    grants.remember(exactGrant('npm test', scope));
    const kindOf = (text: string, cwd?: string) =>
      decide(command(text, cwd), situation({ grants })).kind;
    assert.equal(kindOf('npm test'), 'allow');
    assert.equal(kindOf('npm test -- --update'), 'ask');
    assert.equal(kindOf('npm test', '/projects/app/sub'), 'ask');
  });

  it('lets edits inside the folder land for review', () => {
    assert.equal(decide(write('/projects/app/src/a.ts'), situation()).kind, 'allow');
    assert.equal(
      decide(write('/projects/app/a'), situation({ approvalPolicy: 'untrusted' })).kind,
      'allow',
    );
  });

  it('refuses edits outside the folder, also next to it', () => {
    for (const path of ['/etc/hosts', '/projects/app/../x', '/projects/app-evil/x']) {
      assert.equal(decide(write('/projects/app/ok.ts', path), situation()).kind, 'deny', path);
    }
  });

  for (const path of [
    '.git/config',
    '.GIT/config',
    'sub/.git/hooks/x',
    '.vscode/settings.json',
    'x.code-workspace',
    '.husky/pre-commit',
  ]) {
    it(`asks before ${path} is written`, () => {
      assert.equal(decide(write(`${root}/${path}`), situation()).kind, 'ask');
      assert.equal(
        decide(write(`${root}/${path}`), situation({ approvalPolicy: 'never' })).kind,
        'deny',
      );
    });
  }

  it('does not mind a protected name above the folder', () => {
    const inside = situation({ root: '/home/.vscode/app' });
    assert.equal(decide(write('/home/.vscode/app/a.ts'), inside).kind, 'allow');
  });

  it('asks for a shell of its own even for a reading command', () => {
    const access: Access = {
      kind: 'command',
      command: 'ls',
      cwd: root,
      unusualShell: true,
      escalated: false,
    };
    assert.equal(decide(access, situation()).kind, 'ask');
  });

  it('asks before files outside the folder are read by a tool', () => {
    assert.equal(decide({ kind: 'read', paths: ['/etc/passwd'] }, situation()).kind, 'ask');
    assert.equal(decide({ kind: 'read', paths: [root] }, situation()).kind, 'allow');
  });
});
