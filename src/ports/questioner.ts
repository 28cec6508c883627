import type { ItemId } from '../protocol/ids';
import type { Question } from '../protocol/items';

/** What became of questions: answers by question id, nobody there to ask, or a turn that was stopped meanwhile. */
export type Reply =
  | { readonly kind: 'answered'; readonly answers: Readonly<Record<string, string>> }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'interrupted' };

/** Puts the agent's questions to whoever is there to answer. */
export interface Questioner {
  /** Resolves with the reply to a question item; an aborted signal answers `interrupted`. Never throws. */
  ask(
    item: { readonly id: ItemId; readonly questions: readonly Question[] },
    signal: AbortSignal,
  ): Promise<Reply>;
}
