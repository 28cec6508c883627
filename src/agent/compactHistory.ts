import * as l10n from '@vscode/l10n';
import { isAbortError } from '../base/abort';
import { errorMessage } from '../base/errorMessage';
import { ModelError, type ModelEvent, type ModelRequest } from '../ports/model';
import { JournalError } from '../ports/threadStore';
import { newId } from '../protocol/ids';
import type { CompactionItem, ItemStatus } from '../protocol/items';
import type { ModelItem } from '../protocol/modelItem';
import { buildModelInput, fixedTokens } from './buildModelInput';
import { compactedHistory } from './compactedHistory';
import compactionPrompt from './compactionPrompt.md';
import { estimateItem, estimateItems } from './estimateTokens';
import { withoutOrphans } from './history';
import { completeStep, requestAnswer, type AnswerWatcher, type StepAnswer } from './runStep';
import { readContextParts } from './situation';
import type { TurnEnvironment } from './turnEnvironment';

/** Times a history that is too long even to be summarised is shortened, by a fifth of it each time. */
const maxShortenings = 4;

/** True for the failure that a shorter history heals. */
export function isOverflow(error: unknown): boolean {
  return error instanceof ModelError && error.code === 'contextOverflow';
}

/**
 * Replaces the history by a summary that the same model writes. Until the replacement is stored the old history
 * stands: a failure, an interrupt or a crash changes nothing. Answers whether the history was replaced; a failure is
 * told as a notice.
 * @param tooLong the server has just refused the history for its length, so it is shortened from the start.
 */
export async function compactHistory(
  turn: TurnEnvironment,
  { tooLong = false }: { readonly tooLong?: boolean } = {},
): Promise<boolean> {
  const drawn = new DrawnSummary(turn);
  try {
    const answer = await requestSummary(turn, drawn, tooLong ? 1 : 0);
    if (!answer) {
      drawn.complete('interrupted');
      return false;
    }
    completeStep(turn, answer);
    if (drawn.text.trim() === '') {
      throw new Error(l10n.t('The model wrote no summary.'));
    }
    const parts = await readContextParts(turn);
    // What the last commands wrote belongs to the files touched.
    await turn.writes.catchUp();
    turn.signal.throwIfAborted();
    const replacement = compactedHistory(turn.state(), parts, drawn.text.trim());
    const tokensAfter = fixedTokens(turn) + estimateItems(replacement);
    const { tokensBefore } = drawn;
    turn.emit({ type: 'history.compacted', replacement, tokensBefore, tokensAfter });
    drawn.complete('completed', tokensAfter);
    return true;
  } catch (error) {
    // Nothing more can be stored, not even that this failed.
    if (error instanceof JournalError) throw error;
    const interrupted = turn.signal.aborted && isAbortError(error);
    drawn.complete(interrupted ? 'interrupted' : 'failed');
    if (!interrupted) {
      const text = l10n.t(
        'The earlier history could not be summarised, so it stays as it is. {0}',
        errorMessage(error),
      );
      turn.emit({ type: 'notice.raised', level: 'warning', text });
    }
    return false;
  }
}

/** Asks for the summary, of less and less where the model cannot read it all. */
async function requestSummary(
  turn: TurnEnvironment,
  drawn: DrawnSummary,
  shortenings: number,
): Promise<StepAnswer | undefined> {
  for (let count = shortenings; ; count++) {
    try {
      const history = shortened(turn.history, count);
      return await requestAnswer(turn, summaryRequest(turn, history), drawn);
    } catch (error) {
      if (!isOverflow(error) || count >= maxShortenings) throw error;
      drawn.reset();
    }
  }
}

/** The next step's request without tools and with one more message: all before it is in the server's cache. */
function summaryRequest(turn: TurnEnvironment, history: readonly ModelItem[]): ModelRequest {
  const { outputSchema: _, ...request } = buildModelInput(turn);
  const prompt: ModelItem = {
    type: 'message',
    role: 'user',
    content: [{ type: 'input_text', text: compactionPrompt.trim() }],
  };
  return { ...request, tools: [], parallelToolCalls: false, input: [...history, prompt] };
}

/** The history without its oldest items: for each time a fifth of its tokens, and at least one item more. */
function shortened(history: readonly ModelItem[], times: number): readonly ModelItem[] {
  if (times === 0) return history;
  let left = (estimateItems(history) * times) / (maxShortenings + 1);
  const last = history.findIndex((item) => (left -= estimateItem(item)) <= 0);
  const start = Math.min(Math.max(last + 1, times), history.length - 1);
  return withoutOrphans(history.slice(start));
}

/** Draws the summary as it forms, and completes its item once. */
class DrawnSummary implements AnswerWatcher {
  private readonly item: CompactionItem;
  text = '';

  constructor(private readonly turn: TurnEnvironment) {
    this.item = {
      type: 'compaction',
      id: newId(),
      status: 'inProgress',
      summary: '',
      tokensBefore: turn.contextSize.tokens,
    };
    turn.emit({ type: 'item.started', turnId: turn.turnId, item: this.item });
  }

  get tokensBefore(): number {
    return this.item.tokensBefore;
  }

  show(event: ModelEvent): void {
    if (event.type === 'textDelta') {
      this.text += event.text;
      this.emitDelta({ kind: 'text', text: event.text });
    } else if (event.type === 'itemDone' && event.item.type === 'message') {
      // The finished message is the truth: a server may have sent no deltas at all.
      const whole = messageText(event.item);
      if (!this.text.endsWith(whole)) this.text += whole;
    }
  }

  reset(): void {
    this.text = '';
    this.emitDelta({ kind: 'reset' });
  }

  complete(status: ItemStatus, tokensAfter?: number): void {
    const item: CompactionItem = {
      ...this.item,
      status,
      summary: this.text.trim(),
      ...(tokensAfter === undefined ? {} : { tokensAfter }),
    };
    this.turn.emit({ type: 'item.completed', turnId: this.turn.turnId, item });
  }

  private emitDelta(delta: { kind: 'text'; text: string } | { kind: 'reset' }): void {
    this.turn.emit({ type: 'item.delta', turnId: this.turn.turnId, itemId: this.item.id, delta });
  }
}

function messageText({ content }: Extract<ModelItem, { type?: 'message' }>): string {
  if (typeof content === 'string') return content;
  return content.map((part) => ('text' in part ? part.text : '')).join('');
}
