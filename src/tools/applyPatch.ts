import * as z from 'zod';
import { errorMessage } from '../base/errorMessage';
import { toldMessage } from '../base/toldError';
import { resolvePath } from '../base/paths';
import { defineTool, type ToolContext, type ToolItemDraft, type ToolResult } from '../agent/tool';
import { planPatch } from '../changes/applyPatch';
import { parsePatch, PatchError, pathsOfPatch, type Patch } from '../changes/parsePatch';
import { patchGrammar } from '../changes/patchGrammar';
import { furtherChanges, problemsText, savedText } from '../changes/editAftermath';
import { remoteSchemas } from '../changes/remoteSchemas';
import type { DiagnosticsWatch } from '../ports/diagnostics';
import { EditConflictError, FileAccessError } from '../ports/workspaceFiles';
import type { FileChangeSummary } from '../protocol/items';

const description =
  'Edits files with a patch. The patch begins with `*** Begin Patch`, ends with `*** End Patch`, and has a section per file: `*** Add File: `, `*** Delete File: ` or `*** Update File: `, the last optionally followed by `*** Move to: `.';

/** Edits files: the whole patch is verified first, then written all or nothing. */
export const applyPatch = defineTool({
  name: 'apply_patch',
  description,
  input: z.object({ input: z.string().describe('The entire patch.') }),
  freeform: {
    description:
      'Edits files with a patch. This is a freeform tool: send the patch itself, not wrapped in JSON.',
    grammar: { syntax: 'lark', definition: patchGrammar },
    toInput: (text) => ({ input: text }),
  },
  access: ({ input }, cwd) => {
    const patch = readPatch(input);
    // A patch that cannot be read writes nothing; `run` tells the model why.
    if (!patch) return { kind: 'none' };
    const paths = pathsOfPatch(patch).map((path) => resolvePath(cwd, path));
    const contacts = remoteSchemas(patch);
    return { kind: 'write', paths, text: input, ...(contacts.length > 0 && { contacts }) };
  },
  item: ({ input }) => draftOf(readPatch(input)),
  async run({ input }, context) {
    const startedAt = performance.now();
    try {
      return await writeRebased(parsePatch(input), context, startedAt);
    } catch (error) {
      const { modelText, told } = failureOf(error);
      return { ok: false, modelText, item: { ...draftOf(readPatch(input)), error: told } };
    }
  },
});

/** So often a patch is worked out again because somebody changed a file while it was applied. */
const maxRebases = 2;

/**
 * What the person typed meanwhile is kept: edits of lines are applied to it, or refused where they no longer fit. A
 * patch that replaces or deletes whole files is not tried again, because it fits whatever is there.
 */
async function writeRebased(
  patch: Patch,
  context: ToolContext,
  startedAt: number,
): Promise<ToolResult> {
  for (let rebases = 0; ; rebases += 1) {
    try {
      return await writePatch(patch, context, startedAt);
    } catch (error) {
      const isOvertaken = error instanceof EditConflictError && editsLinesOnly(patch);
      if (!isOvertaken || rebases === maxRebases || context.signal.aborted) throw error;
    }
  }
}

function editsLinesOnly({ sections }: Patch): boolean {
  return sections.every((section) => section.kind === 'update' && section.moveTo === undefined);
}

async function writePatch(
  patch: Patch,
  { files, cwd, diagnostics, signal }: ToolContext,
  startedAt: number,
): Promise<ToolResult> {
  const folder = { root: files.root, cwd };
  const plan = await planPatch(patch, (path) => files.read(path), folder);
  const scripts = new Set<string>();
  for (const { path, bytes } of plan.edits) {
    if (bytes === null && (await files.isExecutable(path))) scripts.add(path);
  }
  const watch = diagnostics?.watch(plan.edits.map(({ path }) => path));
  try {
    const saved = await files.apply(plan.edits);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    const further = furtherChanges(plan.edits, saved);
    return {
      ok: true,
      modelText: [
        'Exit code: 0',
        `Wall time: ${seconds} seconds`,
        'Output:',
        'Success. Updated the following files:',
        ...plan.report,
        ...savedText(further),
        '',
      ].join('\n'),
      item: { type: 'fileChange', changes: withFurther(plan.changes, further) },
      written: plan.edits.map(({ path, expected, bytes }) => ({
        path,
        before: expected,
        after: saved.find((file) => file.path === path)?.bytes ?? bytes,
        ...(scripts.has(path) && { wasExecutable: true }),
      })),
      ...(watch ? { aftermath: () => newProblems(watch, signal) } : {}),
    };
  } catch (error) {
    watch?.dispose();
    throw error;
  }
}

async function newProblems(watch: DiagnosticsWatch, signal: AbortSignal) {
  try {
    return problemsText(await watch.newProblems(signal));
  } finally {
    watch.dispose();
  }
}

function withFurther(
  changes: readonly FileChangeSummary[],
  further: readonly FileChangeSummary[],
): readonly FileChangeSummary[] {
  return changes.map((change) => {
    const more = further.find(({ path }) => path === change.path);
    if (!more) return change;
    const { diff, added, removed } = more;
    return { ...change, savedFurther: { diff, added, removed } };
  });
}

/** Expected failures in words for the model and for the person; anything else is a fault of ours and goes on. */
function failureOf(error: unknown): { readonly modelText: string; readonly told: string } {
  if (error instanceof PatchError) return { modelText: error.message, told: error.say() };
  if (error instanceof EditConflictError || error instanceof FileAccessError) {
    const modelText = `apply_patch verification failed: ${errorMessage(error)}`;
    return { modelText, told: toldMessage(error) };
  }
  throw error;
}

function readPatch(text: string): Patch | undefined {
  try {
    return parsePatch(text);
  } catch {
    return undefined;
  }
}

/** The files a patch names, before it is known what changes in them. */
function draftOf(patch: Patch | undefined): ToolItemDraft & { type: 'fileChange' } {
  const changes = (patch?.sections ?? []).map(({ kind, path }): FileChangeSummary => ({
    kind,
    path,
    diff: '',
    added: 0,
    removed: 0,
  }));
  return { type: 'fileChange', changes };
}
