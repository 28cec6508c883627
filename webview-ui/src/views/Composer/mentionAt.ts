import type { MentionScope } from '../../../../src/protocol/mentions';

/** A mention that is being typed. */
export interface TypedMention {
  /** Place of its `@` in the text; it ends at the caret. */
  readonly start: number;
  readonly scope: MentionScope;
  readonly query: string;
}

/** Longer words name nothing. */
const maxTyped = 200;

/** What a mention of one kind begins with. */
export const scopeMarks = { file: 'file:', folder: 'folder:', symbol: 'symbol:' } as const;

/** The mention that ends at the caret: an `@` that begins a word, and no blank after it. */
export function mentionAt(text: string, caret: number): TypedMention | undefined {
  const match = /(?:^|[\s([{"'])@([^\s@]*)$/.exec(text.slice(0, caret));
  const typed = match?.[1];
  if (typed === undefined || typed.length > maxTyped) return undefined;
  const start = caret - typed.length - 1;
  for (const [scope, mark] of Object.entries(scopeMarks)) {
    if (!typed.startsWith(mark)) continue;
    return { start, scope: scope as MentionScope, query: typed.slice(mark.length) };
  }
  return { start, scope: 'all', query: typed };
}
