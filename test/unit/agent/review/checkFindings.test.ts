import assert from 'node:assert/strict';
import { checkFindings } from '../../../../src/agent/review/checkFindings';
import type { AnsweredFinding } from '../../../../src/agent/review/reviewAnswer';
import type { FileChangeSummary } from '../../../../src/protocol/items';

const diff = `@@ -1,7 +1,8 @@
 one
 two
 three
-four
+FOUR
+and a half
 five
 six
 seven
@@ -20,5 +21,4 @@
 twenty
 more
-gone
 after
 end
`;

const files: readonly FileChangeSummary[] = [
  { path: 'src/a.ts', kind: 'update', diff, added: 2, removed: 2 },
  {
    path: 'old.ts',
    kind: 'delete',
    diff: '@@ -1,2 +0,0 @@\n-one\n-two\n',
    added: 0,
    removed: 2,
  },
  { path: 'logo.png', kind: 'add', diff: '', added: 0, removed: 0 },
];

function finding(start: number, end: number, more: Partial<AnsweredFinding> = {}): AnsweredFinding {
  return {
    title: 'Close the file',
    body: 'It stays open.',
    priority: 1,
    confidence_score: 0.9,
    code_location: { absolute_file_path: '/w/src/a.ts', line_range: { start, end } },
    ...more,
  };
}

function at(path: string, start: number, end: number): Partial<AnsweredFinding> {
  return { code_location: { absolute_file_path: path, line_range: { start, end } } };
}

function check(...answered: AnsweredFinding[]) {
  let id = 0;
  return checkFindings(answered, files, { cwd: '/w', newId: () => `f${++id}` });
}

function places(...answered: AnsweredFinding[]): string[] {
  return check(...answered).findings.map(
    ({ path, startLine, endLine }) => `${path}:${startLine}-${endLine}`,
  );
}

describe('checkFindings', () => {
  it('keeps a finding on lines that changed as it is', () => {
    assert.deepEqual(places(finding(4, 5)), ['src/a.ts:4-5']);
  });

  it('cuts a range to the lines that the diff shows', () => {
    assert.deepEqual(places(finding(5, 400)), ['src/a.ts:5-8']);
    assert.deepEqual(places(finding(-3, 4)), ['src/a.ts:1-4']);
    assert.deepEqual(places(finding(5, 4)), ['src/a.ts:4-5']);
  });

  it('moves a finding that misses a change by its context onto the change', () => {
    assert.deepEqual(places(finding(7, 7)), ['src/a.ts:4-5']);
  });

  it('places a finding about removed lines on the line in their place', () => {
    assert.deepEqual(places(finding(23, 23)), ['src/a.ts:23-23']);
  });

  it('leaves out what is about other lines, other files, or files outside', () => {
    const { findings, leftOut } = check(
      finding(14, 15),
      finding(1, 1, at('/w/src/b.ts', 1, 1)),
      finding(1, 1, at('/etc/passwd', 1, 1)),
      finding(1, 1, at('../a.ts', 1, 1)),
    );
    assert.deepEqual(findings, []);
    assert.equal(leftOut, 4);
  });

  it('takes relative paths, deleted files by their old lines, and files without text', () => {
    assert.deepEqual(
      places(
        finding(0, 0, at('src/a.ts', 4, 4)),
        finding(0, 0, at('/w/old.ts', 2, 9)),
        finding(0, 0, at('/w/logo.png', 7, 9)),
      ),
      ['src/a.ts:4-4', 'old.ts:2-2', 'logo.png:1-1'],
    );
  });

  it('puts the worst first and says the same of the same lines once', () => {
    const { findings } = check(
      finding(5, 5, { title: 'A detail', priority: 3 }),
      finding(4, 5, { title: '[P1] Close the  file!', confidence_score: 0.5 }),
      finding(4, 4, { confidence_score: 7 }),
      finding(5, 5, { title: 'Lose no data', priority: 0 }),
    );
    assert.deepEqual(
      findings.map(({ title, severity, confidence }) => `${severity} ${confidence} ${title}`),
      ['critical 0.9 Lose no data', 'major 1 Close the file', 'nit 0.9 A detail'],
    );
  });
});
