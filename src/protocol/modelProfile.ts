import type { Effort } from './turnContext';
import type { Prices } from './usage';

/** What we know of a family of models; data only, one file per family in `src/models`. */
export interface ModelProfile {
  readonly family: 'codex' | 'mainline' | 'generic';
  /** Tokens the model can read. */
  readonly contextWindow: number;
  /** Efforts it takes; empty where it does not reason. */
  readonly efforts: readonly Effort[];
  /** Names of the tools it gets, in the order they are listed. */
  readonly tools: readonly string[];
  /** Whether the patch tool takes raw text in a grammar or JSON. */
  readonly patchFormat: 'freeform' | 'function';
  readonly parallelToolCalls: boolean;
  /** Asks it to say what it does before it does it; null where its reasoning summaries tell instead. */
  readonly preambles: string | null;
  /** Whether a personality changes how it talks. */
  readonly personality: boolean;
  /** US dollars per million tokens, for estimates; absent where we do not know. */
  readonly prices?: Prices;
  /** Sent with every request, unchanged for the life of a thread. */
  readonly instructions: string;
  /** The same for a reviewer, which only reads and answers in a shape of its own. */
  readonly reviewInstructions: string;
}
