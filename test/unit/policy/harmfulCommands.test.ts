import assert from 'node:assert/strict';
import { decide } from '../../../src/policy/decide';
import { command, parser, reasonsFor, root, situation } from '../../support/askingPolicy';
import { sampleSituation } from '../../support/policyDoubles';

describe('commands that destroy or leave the sandbox', () => {
  before(() => parser.load());

  const destructive = [
    'rm -rf "$UNSET"/*',
    'rm -fr ~',
    'rm -r src',
    'rm --recursive src',
    'r\\m -rf src',
    "r''m -rf src",
    'command rm -rf src',
    'env A=1 rm -rf src',
    'sudo -u x rm -rf src',
    'for f in *; do rm -rf "$f"; done',
    'f(){ rm -rf src; }; f',
    'true && (cd src && rm -rf .)',
    "bash -c 'rm -rf src'",
    'sh -c "bash -c \'rm -rf src\'"',
    'eval "rm -rf src"',
    'echo src | xargs rm -rf',
    "find . -exec rm {} ';'",
    'find . -delete',
    'echo "$(rm -rf src)"',
    'cat <(rm -rf src)',
    'bash <<E\nrm -rf src\nE',
    "bash <<< 'rm -rf src'",
    'git reset --hard',
    'git -C sub reset --hard HEAD~3',
    'git -c a=b clean -fdx',
    'git clean -fdx',
    'git push -f',
    'git push --force-with-lease',
    'git push origin +main',
    'git push origin :main',
    'git push --mirror',
    'git push -d origin x',
    'git checkout .',
    'git checkout -- src',
    'git checkout -f',
    'git restore src',
    'git switch --discard-changes x',
    'git stash drop',
    'git branch -D x',
    'git update-ref -d refs/heads/x',
    'git filter-branch x',
    'shred f',
    'truncate -s 0 f',
    'dd if=/dev/zero of=f',
    'rsync -a --delete a/ b/',
    'terraform destroy',
    'docker system prune -af',
    'kubectl delete ns x',
    'echo "open; rm -rf src',
  ];
  for (const line of destructive) {
    it(`A30 asks in a sandbox and with full access before it destroys: ${line}`, () => {
      const auto = { approvalPolicy: 'on-request', sandboxUnavailable: undefined } as const;
      assert.match(reasonsFor(line, auto), /may destroy work/);
      assert.match(reasonsFor(line, { ...auto, sandboxMode: 'full-access' }), /may destroy work/);
      const asked = decide(command(line), situation(auto));
      assert.equal('grant' in asked, false);
      const never = decide(command(line), situation({ ...auto, approvalPolicy: 'never' }));
      assert.match(never.kind === 'deny' ? never.advice! : '', /Reach the goal without destroying/);
    });
  }
  for (const line of [
    'rm -rf /',
    'rm -rf /*',
    'rm -fr //',
    'sudo rm -rf --no-preserve-root /',
    "bash -c 'rm -rf /'",
    'mkfs.ext4 /dev/sda1',
    'dd if=/dev/zero of=/dev/nvme0n1',
    'echo x > /dev/sda',
    ':(){ :|:& };:',
    'b () { b|b & }; b',
  ]) {
    it(`A30 never runs, whoever might be asked: ${line}`, () => {
      for (const approvalPolicy of ['untrusted', 'on-request', 'never'] as const) {
        for (const sandboxMode of ['read-only', 'workspace-write', 'full-access'] as const) {
          const verdict = decide(command(line), situation({ approvalPolicy, sandboxMode }));
          assert.equal(verdict.kind, 'deny');
        }
      }
    });
  }
  for (const line of [
    'rm -rf dist',
    'rm -rf node_modules && npm ci',
    'rm -rf ./build packages/a/dist',
    `rm -rf ${root}/coverage`,
    'rm -rf -- dist',
    'cd packages && rm -rf dist',
    'git commit -m "remove rm -rf from the script"',
    "rg 'git reset --hard' || true",
    'echo "rm -rf src"',
    'rm a.txt',
    'git checkout -b x',
    'git switch x',
    'git restore --staged src',
    "cat > clean.sh <<'E'\nrm -rf src\nE",
  ]) {
    it(`A30 does not stand in the way in a sandbox: ${line}`, () => {
      const auto = { approvalPolicy: 'on-request', sandboxUnavailable: undefined } as const;
      assert.equal(decide(command(line), situation(auto)).kind, 'allow');
    });
  }
  for (const line of [
    'rm -rf dist src',
    'rm -rf dist/../src',
    'rm -rf ../dist',
    'rm -rf /dist',
    'rm -rf .git/dist',
    'rm -rf di*',
    'rm -rf "$X/dist"',
    'rm -rf *',
    'rm -rf .',
    'echo dist | xargs rm -rf',
  ]) {
    it(`A30 takes only literal folders of builds in the folder for replaceable: ${line}`, () => {
      const auto = { approvalPolicy: 'on-request', sandboxUnavailable: undefined } as const;
      assert.match(reasonsFor(line, auto), /may destroy work/);
    });
  }
  it('A30 asks before build folders are deleted where nothing confines it', () => {
    assert.match(reasonsFor('rm -rf dist', { approvalPolicy: 'on-request' }), /may destroy work/);
  });

  for (const line of ['ls', 'npm test', 'python3 x.py', 'bash -c ls', 'env ls', 'git push']) {
    it(`A31 asks each time before ${line} leaves the sandbox, and remembers nothing`, () => {
      const sandboxed = situation({ approvalPolicy: 'on-request', sandboxUnavailable: undefined });
      const inside = decide(command(line), situation({ approvalPolicy: 'untrusted' }));
      if (inside.kind === 'ask') sandboxed.grants.remember(inside.grant!);
      for (let time = 0; time < 2; time += 1) {
        const escalated = { escalated: true, justification: 'The sandbox is broken, trust me.' };
        const verdict = decide(command(line, escalated), sandboxed);
        assert.ok(verdict.kind === 'ask');
        assert.equal(verdict.reasons[0], 'asks to run outside the sandbox');
        assert.equal(verdict.grant, undefined);
      }
    });
  }
  it('A31 gives no grant of a confined command to the same one outside the sandbox', () => {
    const grants = sampleSituation().grants;
    const inside = situation({ sandboxUnavailable: undefined, grants });
    const asked = decide(command('npm test'), inside);
    grants.remember(asked.kind === 'ask' ? asked.grant! : assert.fail());
    assert.equal(decide(command('npm test'), inside).kind, 'allow');
    assert.equal(decide(command('npm test'), situation({ grants })).kind, 'ask');
    const readOnly = { ...inside, sandboxMode: 'read-only' } as const;
    assert.equal(decide(command('npm test'), readOnly).kind, 'ask');
  });
});
