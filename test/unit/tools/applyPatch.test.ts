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

describe('apply_patch', () => {
  const folder = useTempFolder();
  const run = (files: PlainFiles, diagnostics?: Diagnostics) =>
    applyPatch.run({ input: patch }, {
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
});
