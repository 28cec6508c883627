import type { ContextUse } from '../../../src/protocol/contextUse';
import type { Attachment } from '../../../src/protocol/input';
import type { FoundMention } from '../../../src/protocol/mentions';
import type { ThreadStatus } from '../../../src/protocol/viewProtocol';
import { item, pageStates, said, settings, started, threadOf, type PageState } from './states';

const { finished, empty } = pageStates;
const { threads } = finished;

/** A square of one colour, 8 by 8. */
export const picture =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR4nGOwqbiBFTEMLQkAiAJjAfG7urEAAAAASUVORK5CYII=';

const openFiles: readonly FoundMention[] = [
  { kind: 'file', path: 'src/slug.js', open: true },
  { kind: 'file', path: 'packages/storefront/src/components/checkout/cart.ts', open: true },
];
const foundForSl: readonly FoundMention[] = [
  { kind: 'file', path: 'src/slug.js', open: true },
  { kind: 'folder', path: 'src/slugs' },
  { kind: 'file', path: 'packages/storefront/src/lib/a-rather-long-name-of-a-slug-helper.ts' },
];
const symbols: readonly FoundMention[] = [
  ...[{ name: 'slug', container: '', path: 'src/slug.js', startLine: 3, endLine: 6 }],
  ...[{ name: 'slugOf', container: 'Cart', path: 'src/cart.ts', startLine: 40, endLine: 52 }],
].map((found) => ({ kind: 'symbol', ...found }) as const);

const use: ContextUse = {
  tokens: 18_240,
  parts: {
    ...{ instructions: 6_100, projectInstructions: 900, summary: 0 },
    ...{ conversation: 2_300, toolOutput: 7_400, attachments: 1_900 },
  },
  lastUsage: {
    ...{ inputTokens: 17_600, cachedInputTokens: 16_000 },
    ...{ outputTokens: 640, reasoningOutputTokens: 128 },
  },
};

const status: ThreadStatus = {
  folder: '/projects/shop',
  sandboxUnavailable: 'bubblewrap is not installed. Install it with `sudo apt install bubblewrap`.',
};

const answers: PageState['answers'] = {
  'mention/search ': openFiles,
  'mention/search sl': foundForSl,
  'mention/search slug': symbols,
  'mention/search xyz': [],
  'thread/context': use,
  'thread/status': status,
};

/** One of each kind, as the host attaches them. */
export const attached: readonly Attachment[] = [
  { kind: 'selection', path: 'src/slug.js', startLine: 1, endLine: 4, text: 'x' },
  {
    ...{ kind: 'selection', path: 'src/cart.ts', startLine: 40, endLine: 52, text: 'y' },
    gone: true,
  },
  { kind: 'file', path: 'notes.md' },
  { kind: 'text', source: 'folder', name: 'src/views', text: 'src/views/a.ts' },
  { kind: 'text', source: 'problems', name: '', text: 'a\nb\nc' },
  { kind: 'text', source: 'terminal', name: 'bash', text: '$ npm test\nok' },
  { kind: 'text', source: 'diff', name: '', text: 'file a.ts\n+x', cut: true },
  { kind: 'text', source: 'paste', name: '', text: 'line\n'.repeat(40) },
  { kind: 'image', name: 'screenshot.png', dataUrl: picture },
];

/** States that are about the composer. */
export const composerStates = {
  composer: { ...finished, settings: { ...settings, repository: true }, answers },
  composerEmpty: { ...empty, answers },
  /** What was sent with pictures and texts. */
  picturesSent: {
    settings,
    threads,
    answers,
    thread: threadOf(
      ...started('Match the mock-up', 'Make it look like this'),
      item({
        ...{ id: 'user-1', type: 'userMessage', status: 'completed' },
        input: {
          text: 'Make it look like this, and mind @src/slug.js',
          attachments: [
            { kind: 'image', name: 'mock-up.png', dataUrl: picture },
            { kind: 'image', name: 'phone.png', dataUrl: picture },
            { kind: 'file', path: 'src/slug.js' },
            { kind: 'text', source: 'paste', name: '', text: 'line\n'.repeat(40) },
          ],
        },
      }),
      said('say-1', 'commentary', 'I look at the pictures first.'),
    ),
  },
} satisfies Record<string, PageState>;
