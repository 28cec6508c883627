import assert from 'node:assert/strict';
import { decide } from '../../../src/policy/decide';
import { command, parser, reasonsFor, root, situation } from '../../support/askingPolicy';
import { fakeMachine, sampleSituation } from '../../support/policyDoubles';

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
    'git checkout src',
    'git checkout HEAD src',
    'git checkout HEAD gone/already',
    "git checkout 'src/*'",
    'git checkout :/src',
    'git -C sub checkout a.ts',
    'git checkout --pathspec-from-file=list',
    '$(echo rm) -rf src',
    'a=rm; $a -rf src',
    '"${x:-rm}" -rf src',
    '"$BIN"/rm -rf src',
    '/bin/r? -rf src',
    'sudo $(echo rm) -rf src',
    'env A=1 $x src',
    'eval "$x"',
    'bash -c "$(cat evil.sh)"',
    'sudo sh -ec "$x"',
    'bash -c "cd $d && rm -rf src"',
    'bash <<< "$x"',
    'echo "rm -rf src" | sh',
    'base64 -d a | bash -s -- x',
    'cat a | sh -e -o pipefail',
    'cat a | sh /dev/stdin',
    'cat a | . /dev/stdin',
    'cat a | (cd b; bash)',
    'cat a | sudo -E bash',
    'cat a | busybox sh',
    'rm -r{f,} src',
    'rm -{q..s}f src',
    'rm {-rf,"src"}',
    'r{m,} -rf src',
    '{rm,-rf,src}',
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
    'git checkout -b src',
    'git checkout --orphan src',
    'git checkout "$BRANCH"',
    '"$HOME"/bin/tool x',
    '$(npm bin)/mocha test',
    'git commit -m "fix {-x} of $y"',
    'find "$dir" -name x',
    'sudo -u "$USER" ls',
    'ls | xargs grep bash',
    'ls | while read -r f; do cat "$f"; done',
    'cat a | bash x.sh',
    'cat a | bash -c "wc -l"',
    'cat a | bash <<E\nls\nE',
    'bash -c "cd $d && npm test"',
    'bash x.sh < a',
    'mkdir -p src/{a,b}',
    'rm src/{a,b}.txt',
    'rm -rf {dist,packages/{a,b}/build}',
    'echo {a..c}',
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
    'rm -rf {dist,src}',
    'rm -rf {dist,build}/{..,}',
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
  it('A30 tells a branch from a path that is there, in any folder the line may be in', () => {
    const machine = fakeMachine({
      realPath: (path) => (path === `${root}/sub/a.ts` || !path.endsWith('.ts') ? path : null),
    });
    const auto = { approvalPolicy: 'on-request', sandboxUnavailable: undefined, machine } as const;
    for (const line of ['cd sub && git checkout a.ts', 'git -C sub checkout a.ts']) {
      assert.match(reasonsFor(line, auto), /may destroy work/);
    }
    for (const line of ['git checkout a.ts', 'cd other && git checkout a.ts', 'git checkout -']) {
      assert.equal(decide(command(line), situation(auto)).kind, 'allow', line);
    }
  });
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
