/** What a person can mean by `@`; paths are relative to the thread's folder. */
export type Mention =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'folder'; readonly path: string }
  | SymbolMention
  | { readonly kind: 'problems' | 'terminal' | 'diff' };

/** A declaration that the language servers know. Lines start at 1, both ends included. */
export interface SymbolMention {
  readonly kind: 'symbol';
  readonly name: string;
  /** What it is part of, such as its class; empty where nothing is known. */
  readonly container: string;
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** What is searched: files and folders together, or one kind alone. */
export const mentionScopes = ['all', 'file', 'folder', 'symbol'] as const;
export type MentionScope = (typeof mentionScopes)[number];

/** Something found for what was typed. */
export type FoundMention = Extract<Mention, { kind: 'file' | 'folder' | 'symbol' }> & {
  /** Present for files that an editor has open. */
  readonly open?: true;
};
