import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { relativeToRoot, resolvePath } from '../base/paths';
import { defineTool } from '../agent/tool';

/** Larger images are refused: the request would be too. */
const maxBytes = 20 * 1024 * 1024;

/** Kinds by their first bytes; a file's name can lie. */
const signatures: ReadonlyArray<{ readonly type: string; readonly bytes: readonly number[] }> = [
  { type: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47] },
  { type: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  { type: 'image/gif', bytes: [0x47, 0x49, 0x46, 0x38] },
  { type: 'image/webp', bytes: [0x52, 0x49, 0x46, 0x46] },
];

const input = z.object({
  path: z.string().min(1).describe('Path of the image in the workspace.'),
  detail: z
    .enum(['auto', 'low', 'high'])
    .optional()
    .describe('How closely to look; defaults to auto.'),
});

/** Shows the model an image of the workspace. */
export const viewImage = defineTool({
  name: 'view_image',
  description: 'Shows you an image file of the workspace.',
  input,
  access: (call, cwd) => ({ kind: 'read', paths: [resolvePath(cwd, call.path)] }),
  item: (call) => ({
    type: 'toolCall',
    tool: 'view_image',
    title: l10n.t('Looked at {0}', call.path),
    output: '',
  }),
  async run(call, context) {
    const path = relativeToRoot(context.files.root, context.cwd, call.path);
    const bytes = path === undefined ? null : await context.files.read(path);
    if (bytes === null) return failure(`${call.path} does not exist in the workspace`);
    if (bytes.length > maxBytes) return failure(`${call.path} is larger than 20 MB`);
    const kind = signatures.find(({ bytes: start }) => start.every((byte, i) => bytes[i] === byte));
    if (!kind) return failure(`${call.path} is no PNG, JPEG, GIF or WebP image`);
    return {
      ok: true,
      modelText: `Attached ${call.path}.`,
      modelImage: {
        dataUrl: `data:${kind.type};base64,${base64(bytes)}`,
        detail: call.detail ?? 'auto',
      },
    };
  },
});

function failure(reason: string) {
  return { ok: false, modelText: `view_image failed: ${reason}.` };
}

function base64(bytes: Uint8Array): string {
  const chunks: string[] = [];
  for (let start = 0; start < bytes.length; start += 0x8000) {
    chunks.push(String.fromCharCode(...bytes.subarray(start, start + 0x8000)));
  }
  return btoa(chunks.join(''));
}
