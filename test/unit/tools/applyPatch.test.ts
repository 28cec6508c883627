import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { ToolContext } from '../../../src/agent/tool';
import type { Diagnostics } from '../../../src/ports/diagnostics';
import type { FileEdit } from '../../../src/ports/workspaceFiles';
import { applyPatch } from '../../../src/tools/applyPatch';
import { useTempFolder } from '../../support/tempFolder';
import { PlainFiles } from '../changes/plainFiles';

const patch = `*** Begin Patch
*** Update File: a.ts
@@
-a
+b
*** End Patch`;

/** An editor that formats what it saves: every line gets a semicolon. */
class FormattingFiles extends PlainFiles {
  override async apply(edits: readonly FileEdit[]) {
    await super.apply(edits);
    return edits.map(({ path, bytes }) => ({
      path,
      bytes: new Uint8Array(
        Buffer.from(
          `${Buffer.from(bytes ?? [])
            .toString()
            .trim()};\n`,
        ),
      ),
    }));
  }
}

/** Files in which the person types while the first edit is being written. */
class BusyFiles extends PlainFiles {
  private typed = false;

  constructor(
    root: string,
    private readonly type: () => void,
  ) {
    super(root);
  }

  override apply(edits: readonly FileEdit[]) {
    if (!this.typed) this.type();
    this.typed = true;
    return super.apply(edits);
  }
}

describe('apply_patch', () => {
  const folder = useTempFolder();
  const run = (files: PlainFiles, diagnostics?: Diagnostics, input = patch) =>
    applyPatch.run({ input }, {
      ...{ files, cwd: files.root, signal: new AbortController().signal },
      ...(diagnostics ? { diagnostics } : {}),
    } as unknown as ToolContext);

  beforeEach(() => folder().write('a.ts', 'a\n'));

  it('answers what was updated, and nothing more where nothing came of it', async () => {
    const { modelText } = await run(new PlainFiles(folder().path));
    assert.match(modelText, /following files:\nM a\.ts\n$/);
  });

  it('tells what the editor formatted on save, and takes it for a part of the edit', async () => {
    const result = await run(new FormattingFiles(folder().path));
    assert.match(result.modelText, /M a\.ts\nSaving changed further[^]*\n-b\n\+b;\n$/);
    assert.equal(Buffer.from(result.written?.[0]?.after ?? []).toString(), 'b;\n');
    const change = result.item?.type === 'fileChange' ? result.item.changes[0] : undefined;
    assert.match(change?.diff ?? '', /\+b$/m);
    assert.match(change?.savedFurther?.diff ?? '', /\+b;/);
  });

  it('tells new problems, watched from before the edit on', async () => {
    const steps: string[] = [];
    const files = new PlainFiles(folder().path);
    const { aftermath } = await run(files, {
      remember: () => () => [],
      watch(paths) {
        steps.push(`watch ${paths.join()}: ${readFileSync(folder().at('a.ts'), 'utf8').trim()}`);
        return {
          async newProblems() {
            steps.push('ask');
            return [{ path: 'a.ts', line: 1, severity: 'error', message: 'No b.' }];
          },
          dispose: () => void steps.push('dispose'),
        };
      },
    });
    assert.deepEqual(steps, ['watch a.ts: a']);
    assert.deepEqual(await aftermath?.(), ['New problems after this edit:', 'a.ts:1 error No b.']);
    assert.deepEqual(steps, ['watch a.ts: a', 'ask', 'dispose']);
  });

  it('is applied to what the person typed meanwhile, where it still fits', async () => {
    const files = new BusyFiles(folder().path, () => folder().write('a.ts', 'mine\na\n'));
    const { ok, written } = await run(files);
    assert.equal(ok, true);
    assert.equal(readFileSync(folder().at('a.ts'), 'utf8'), 'mine\nb\n');
    assert.equal(Buffer.from(written?.[0]?.before ?? []).toString(), 'mine\na\n');
  });

  it('is refused where the person typed in the same lines, or where it would replace the file', async () => {
    const files = new BusyFiles(folder().path, () => folder().write('a.ts', 'mine\n'));
    assert.equal((await run(files)).ok, false);
    assert.equal(readFileSync(folder().at('a.ts'), 'utf8'), 'mine\n');
    for (const section of ['Delete File: a.ts', 'Add File: a.ts\n+new']) {
      folder().write('a.ts', 'a\n');
      const busy = new BusyFiles(folder().path, () => folder().write('a.ts', 'mine\n'));
      const result = await run(busy, undefined, `*** Begin Patch\n*** ${section}\n*** End Patch`);
      assert.equal(result.ok, false);
      assert.match(result.modelText, /changed by someone else/);
      assert.equal(readFileSync(folder().at('a.ts'), 'utf8'), 'mine\n');
    }
  });
});
