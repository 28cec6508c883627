import type { Usage } from './usage';

/** What the model reads, by where it comes from. */
export const contextKinds = [
  'instructions',
  'projectInstructions',
  'summary',
  'conversation',
  'toolOutput',
  'attachments',
] as const;
export type ContextKind = (typeof contextKinds)[number];

/** What fills the context of a thread. All numbers are tokens. */
export interface ContextUse {
  /** As the server counted the last request, and an estimate of what was added since. */
  readonly tokens: number;
  /** Estimated part by part, so the sum is near `tokens` and not equal to it. */
  readonly parts: Readonly<Record<ContextKind, number>>;
  /** What the last request used; absent before the first one. */
  readonly lastUsage?: Usage;
}
