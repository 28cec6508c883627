/** What a piece of code is, as far as colours tell: few, so that each stays readable on every background. */
export type CodeScope = 'keyword' | 'string' | 'number' | 'name' | 'comment' | 'added' | 'removed';

/** A piece of a line of code. Without a scope it is drawn as other text. */
export interface CodeToken {
  readonly text: string;
  readonly scope?: CodeScope;
}

/** The tokens of one line, which together are its text. */
export type CodeLine = readonly CodeToken[];

/** Reads lines of code; null where they stay plain. */
export type HighlightLines = (lines: readonly string[]) => readonly CodeLine[] | null;

/** The style of a scope, see `code.css`. */
export function scopeClass(scope: CodeScope): string {
  return `code-${scope}`;
}
