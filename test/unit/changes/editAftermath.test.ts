import assert from 'node:assert/strict';
import { furtherChanges, problemsText, savedText } from '../../../src/changes/editAftermath';

const bytes = (text: string) => new Uint8Array(Buffer.from(text));
const edit = { path: 'a.ts', expected: bytes('a\n'), bytes: bytes('b\n') };

describe('what came of an edit', () => {
  it('is nothing where the file was saved as it was written', () => {
    assert.deepEqual([...savedText(furtherChanges([edit], [])), ...problemsText([])], []);
  });

  it('shows what saving changed, seen from what was written', () => {
    const further = furtherChanges([edit], [{ path: 'a.ts', bytes: bytes('b;\n') }]);
    const text = savedText(further).join('\n');
    assert.match(text, /^Saving changed further lines \(format on save\)/);
    assert.match(text, /\na\.ts\n@@.*@@\n-b\n\+b;$/);
  });

  it('lists twenty new problems and counts the others', () => {
    const problems = Array.from({ length: 23 }, (_, index) => ({
      ...{ path: 'a.ts', line: index + 1, severity: 'error' },
      message: 'Cannot find name b.',
    })) as Parameters<typeof problemsText>[0];
    const lines = problemsText(problems);
    assert.equal(lines[0], 'New problems after this edit:');
    assert.equal(lines[1], 'a.ts:1 error Cannot find name b.');
    assert.equal(lines.length, 22);
    assert.equal(lines.at(-1), '(3 more)');
  });
});
