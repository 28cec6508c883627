import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { resolvePath } from '../base/paths';
import { truncateMiddle } from '../base/truncateText';
import { defineTool } from '../agent/tool';

const defaultMaxResults = 200;
const maxTokens = 10_000;

const input = z.object({
  pattern: z.string().min(1).describe('Regular expression to search for, in ripgrep syntax.'),
  path: z.string().optional().describe('File or folder to search; defaults to the working folder.'),
  glob: z.string().optional().describe('Only search files that match this glob, such as *.ts.'),
  context: z.number().int().min(0).max(20).optional().describe('Lines to show around each match.'),
  max_results: z
    .number()
    .int()
    .min(1)
    .max(5_000)
    .optional()
    .describe('Most matching lines to return; defaults to 200.'),
});

/** Searches file contents. Named after the program that models know best. */
export const rg = defineTool({
  name: 'rg',
  description: "Searches the contents of files with ripgrep, and returns ripgrep's output.",
  input,
  access: (call, cwd) => ({ kind: 'read', paths: [resolvePath(cwd, call.path ?? '.')] }),
  item: (call) => ({ type: 'toolCall', tool: 'rg', title: titleOf(call), output: '' }),
  async run(call, context) {
    const found = await context.search.search(
      {
        pattern: call.pattern,
        path: resolvePath(context.cwd, call.path ?? '.'),
        cwd: context.cwd,
        maxResults: call.max_results ?? defaultMaxResults,
        ...(call.glob === undefined ? {} : { glob: call.glob }),
        ...(call.context === undefined ? {} : { context: call.context }),
      },
      context.signal,
    );
    const text = found.text === '' ? 'No matches.' : truncateMiddle(found.text, maxTokens);
    const modelText = found.cut ? `${text}\n(more matches were left out)` : text;
    return {
      ok: true,
      modelText,
      item: { type: 'toolCall', tool: 'rg', title: titleOf(call), output: modelText },
    };
  },
});

function titleOf(call: z.output<typeof input>): string {
  const place = [call.path, call.glob].filter((part) => part !== undefined).join(' ');
  const pattern = JSON.stringify(call.pattern);
  return place
    ? l10n.t('Searched for {0} in {1}', pattern, place)
    : l10n.t('Searched for {0}', pattern);
}
