import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { dataUrlOf, imageTypeOf } from '../base/images';
import { relativeToRoot, resolvePath } from '../base/paths';
import { defineTool } from '../agent/tool';

/** Larger images are refused: the request would be too. */
const maxBytes = 20 * 1024 * 1024;

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
    image: call.path,
  }),
  async run(call, context) {
    const path = relativeToRoot(context.files.root, context.cwd, call.path);
    const bytes = path === undefined ? null : await context.files.read(path);
    if (bytes === null) return failure(`${call.path} does not exist in the workspace`);
    if (bytes.length > maxBytes) return failure(`${call.path} is larger than 20 MB`);
    const type = imageTypeOf(bytes);
    if (!type) return failure(`${call.path} is no PNG, JPEG, GIF or WebP image`);
    return {
      ok: true,
      modelText: `Attached ${call.path}.`,
      modelImage: {
        dataUrl: dataUrlOf(type, bytes),
        detail: call.detail ?? 'auto',
      },
    };
  },
});

function failure(reason: string) {
  return { ok: false, modelText: `view_image failed: ${reason}.` };
}
