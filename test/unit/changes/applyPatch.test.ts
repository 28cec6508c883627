import assert from 'node:assert/strict';
import { planPatch, type PatchPlan } from '../../../src/changes/applyPatch';
import { parsePatch } from '../../../src/changes/parsePatch';

type Content = string | Uint8Array;

async function plan(
  files: Record<string, Content>,
  lines: readonly string[],
  cwd = '/w',
): Promise<PatchPlan> {
  const patch = parsePatch(['*** Begin Patch', ...lines, '*** End Patch'].join('\n'));
  const read = async (path: string) => {
    const content = files[path];
    if (content === undefined) return null;
    return typeof content === 'string' ? new TextEncoder().encode(content) : content;
  };
  return planPatch(patch, read, { root: '/w', cwd });
}

/** What a one-file patch makes of a text. */
async function patched(content: Content, ...chunk: string[]): Promise<string> {
  const { edits } = await plan({ f: content }, ['*** Update File: f', ...chunk]);
  return Buffer.from(edits[0]?.bytes ?? []).toString('latin1');
}

const refuses = (promise: Promise<unknown>, message: RegExp) =>
  assert.rejects(promise, (error: Error) => {
    assert.match(error.message, /^apply_patch verification failed: /);
    assert.match(error.message, message);
    return true;
  });

describe('planPatch', () => {
  it('keeps a byte order mark, also when the first line changes', async () => {
    assert.equal(await patched('\uFEFFa\nb\n', '@@', '-a', '+x'), '\xef\xbb\xbfx\nb\n');
  });

  it('keeps UTF-16 of both byte orders', async () => {
    const little = Buffer.from('\uFEFFa\r\nb\r\n', 'utf16le');
    const expected = Buffer.from('\uFEFFa\r\nc\r\n', 'utf16le');
    assert.equal(await patched(little, '@@', '-b', '+c'), expected.toString('latin1'));
    assert.equal(
      await patched(Buffer.from(little).swap16(), '@@', '-b', '+c'),
      expected.swap16().toString('latin1'),
    );
  });

  it('keeps a legacy encoding, and refuses characters it cannot hold', async () => {
    const legacy = Buffer.from('caf\xe9\nx\n', 'latin1');
    assert.equal(await patched(legacy, '@@', '-x', '+y'), 'caf\xe9\ny\n');
    await refuses(patched(legacy, '@@', '-x', '+✅'), /f: the file's encoding has no character/);
  });

  it('gives new lines the dominant line end and keeps all others', async () => {
    assert.equal(await patched('a\r\nb\nc\r\n', '@@', ' b', '+x'), 'a\r\nb\nx\r\nc\r\n');
    assert.equal(await patched('a\nb', '@@', '-a', '+x'), 'x\nb');
  });

  it('keeps a missing final newline unless a line is added at the end', async () => {
    assert.equal(await patched('a\nb', '@@', '-a', '+x', ' b'), 'x\nb');
    assert.equal(await patched('a\nb', '@@', ' b', '+c'), 'a\nb\nc\n');
    assert.equal(await patched('a\nb', '@@', '-b'), 'a\n');
  });

  it('leaves context lines as the file has them where they matched leniently', async () => {
    assert.equal(
      await patched('\tif (x) {  \n\t\ty – z\n}\n', '@@', ' if (x) {', ' y - z', '-}', '+};'),
      Buffer.from('\tif (x) {  \n\t\ty – z\n};\n').toString('latin1'),
    );
  });

  it('prefers an exact match further down to a lenient one', async () => {
    assert.equal(await patched('a \na\n', '@@', '-a', '+b'), 'a \nb\n');
  });

  it('moves forward only and finds the second of two equal places', async () => {
    assert.equal(await patched('f\nx\ng\nx\n', '@@ g', '-x', '+y'), 'f\nx\ng\ny\n');
    await refuses(
      patched('a\nb\n', '@@', '-b', '+c', '@@', '-a', '+d'),
      /chunk 2 of 2 in f does not match[^]*These lines are at line 1, before/,
    );
  });

  it('tries the end first for an End of File chunk', async () => {
    assert.equal(await patched('x\ny\nx\n', '@@', '-x', '+z', '*** End of File'), 'x\ny\nz\n');
    assert.equal(await patched('x\ny\n', '@@', '-x', '+z', '*** End of File'), 'z\ny\n');
  });

  it('inserts after the line that @@ names, and at the end where it names none', async () => {
    assert.equal(await patched('a\nb\n', '@@ a', '+x'), 'a\nx\nb\n');
    assert.equal(await patched('a\nb', '@@', '+x'), 'a\nb\nx\n');
  });

  it('accepts a chunk that repeats the line @@ names', async () => {
    assert.equal(await patched('a\nb\nc\n', '@@ b', ' b', '-c'), 'a\nb\n');
  });

  it('overlooks an empty line before the next section', async () => {
    assert.equal(await patched('a\nb\n', '@@', '-a', '+x', '', '*** Delete File: f'), '');
    assert.equal(await patched('a\nb\n', '@@', '-a', '+x', ''), 'x\nb\n');
  });

  it('names file, chunk and the nearest lines when nothing matches', async () => {
    await refuses(
      patched(
        'one\nfunction slug(text) {\n  return text;\n}\n',
        '@@',
        '-function slug(name) {',
        '+x',
      ),
      /chunk 1 of 1 in f does not match the file\. Looked for:\nfunction slug\(name\) \{\nThe nearest lines in the file are:\n2: function slug\(text\) \{$/,
    );
    await refuses(patched('a\n', '@@ nowhere', '-a'), /the context after @@ of chunk 1 of 1 in f/);
  });

  it('applies two sections for one file one after the other as one edit', async () => {
    const { edits, report } = await plan({ f: 'a\nb\n' }, [
      ...['*** Update File: f', '@@', '-a', '+x'],
      ...['*** Update File: f', '@@', '-x', '+y'],
    ]);
    assert.deepEqual(
      edits.map((edit) => Buffer.from(edit.bytes ?? []).toString()),
      ['y\nb\n'],
    );
    assert.deepEqual(report, ['M f']);
  });

  it('renames with edits and takes the permissions of the old file over', async () => {
    const { edits, report, changes } = await plan({ 'bin/run': 'a\n' }, [
      ...['*** Update File: bin/run', '*** Move to: bin/start', '@@', '-a', '+b'],
    ]);
    assert.deepEqual(
      edits.map(({ path, bytes, modeOf }) => [
        path,
        bytes && Buffer.from(bytes).toString(),
        modeOf,
      ]),
      [
        ['bin/run', null, undefined],
        ['bin/start', 'b\n', 'bin/run'],
      ],
    );
    assert.deepEqual(report, ['M bin/start']);
    assert.deepEqual(
      changes.map(({ path, kind, added, removed }) => [path, kind, added, removed]),
      [
        ['bin/run', 'delete', 0, 1],
        ['bin/start', 'add', 1, 0],
      ],
    );
  });

  it('reports Add over a file and Move onto one as M, with what was there as expected content', async () => {
    const { edits, report } = await plan({ a: 'a\n', b: 'b\n', c: 'c\r\n' }, [
      ...['*** Update File: a', '*** Move to: b', '@@', '-a', '+x'],
      ...['*** Add File: c', '+new'],
      ...['*** Add File: d', '+new'],
      '*** Delete File: b',
    ]);
    assert.deepEqual(
      edits.map(({ path, bytes, expected }) => [
        path,
        bytes && Buffer.from(bytes).toString(),
        expected && Buffer.from(expected).toString(),
      ]),
      [
        ['a', null, 'a\n'],
        ['b', null, 'b\n'],
        ['c', 'new\r\n', 'c\r\n'],
        ['d', 'new\n', null],
      ],
    );
    assert.deepEqual(report, ['A d', 'M c', 'D b']);
  });

  it('shows a unified diff of each file', async () => {
    const { changes } = await plan({ f: '1\n2\n3\n4\n5\n6' }, [
      ...['*** Update File: f', '@@', '-5', '+five'],
    ]);
    assert.deepEqual(changes, [
      {
        path: 'f',
        kind: 'update',
        added: 1,
        removed: 1,
        diff: '@@ -2,5 +2,5 @@\n 2\n 3\n 4\n-5\n+five\n 6\n\\ No newline at end of file\n',
      },
    ]);
  });

  it('counts paths from a folder below the root, and takes absolute ones', async () => {
    const { edits } = await plan(
      { 'pkg/a': 'a\n', b: 'b\n' },
      ['*** Delete File: a', '*** Delete File: /w/b', '*** Add File: ../c', '+c'],
      '/w/pkg',
    );
    assert.deepEqual(
      edits.map((edit) => edit.path),
      ['pkg/a', 'b', 'c'],
    );
  });

  for (const path of ['../x', '/etc/passwd', '/w-evil/x', 'a/../../x']) {
    it(`refuses the whole patch where it names ${path}`, async () => {
      const lines = ['*** Add File: fine', '+x', `*** Add File: ${path}`, '+x'];
      await refuses(plan({}, lines), /is outside of the workspace folder/);
      await refuses(
        plan({ f: 'a\n' }, ['*** Update File: f', `*** Move to: ${path}`, '@@', '-a', '+b']),
        /is outside of the workspace folder/,
      );
    });
  }

  it('refuses to edit a binary file, a missing file and the root itself', async () => {
    const chunk = ['@@', '-a', '+b'];
    await refuses(patched(Uint8Array.of(97, 0, 98), ...chunk), /f is a binary file/);
    await refuses(plan({}, ['*** Update File: f', ...chunk]), /f does not exist/);
    await refuses(plan({}, ['*** Delete File: f']), /f does not exist, so it cannot be deleted/);
    await refuses(plan({}, ['*** Add File: .', '+x']), /\. is a folder/);
  });
});
