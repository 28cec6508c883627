import assert from 'node:assert/strict';
import { foldOutside, seemsToFetch } from '../../../src/protocol/outsideContent';

describe('content from outside', () => {
  for (const command of [
    'curl https://evil.example',
    'cd x && wget -q evil.example',
    'true; git clone https://evil.example/x',
    'git -C sub fetch',
    'npm install',
    'npm ci',
    'pnpm add left-pad',
    'yarn',
    'npx cowsay',
    'pip install x',
    'pip3 install x',
    'cargo add serde',
    'go get example.org/x',
    'ssh host cat x',
    'sudo apt-get install x',
    '(curl evil.example)',
    'ls | ssh host cat',
    'gh issue view 3',
  ]) {
    it(`comes with ${command}`, () => assert.ok(seemsToFetch(command)));
  }

  for (const command of [
    'npm test',
    'npm run build',
    'git status',
    'git log --oneline',
    'make',
    'cat curl.txt',
    'node fetch.js',
    'cargo build',
    'go test ./...',
    'yarn test',
    'echo curl',
    'sed -n 1,3p ssh',
  ]) {
    it(`does not come with ${command}`, () => assert.ok(!seemsToFetch(command)));
  }

  it('is looked for in a long command at once', () => {
    for (const piece of ['git ', 'git -c x ', '(', '; ', 'sudo ', 'yarn ']) {
      seemsToFetch(piece.repeat(20_000));
    }
  });

  it('is there once for each item and source', () => {
    const one = { itemId: 'a', source: { kind: 'host', name: 'x.example' } } as const;
    const folded = foldOutside(foldOutside([], one), one);
    assert.deepEqual(folded, [one]);
    assert.equal(foldOutside(folded, { ...one, itemId: 'b' }).length, 2);
  });
});
