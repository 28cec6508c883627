import type { ThreadEventBody } from '../../protocol/events';
import type { ItemId } from '../../protocol/ids';
import type { ModelItem } from '../../protocol/modelItem';
import { ContextSize } from '../estimateTokens';
import type { TurnEnvironment, WriteObserver } from '../turnEnvironment';
import { reviewAnswerSchema } from './reviewAnswer';

/** Tools that only look, or that the policy confines to looking. */
const readers: ReadonlySet<string> = new Set(['exec_command', 'rg', 'view_image']);

/** Nothing is written, so nothing is watched. */
const noWrites: WriteObserver = {
  beginTurn() {},
  async beforeWrite() {},
  recordEdits() {},
  commandEnded() {},
  async catchUp() {},
  async settle() {},
};

/**
 * The turn of a reviewer: it reads the same files and uses up the same limits, but starts from a history of its own,
 * so that it judges what it sees and the thread's history stays as it is. What it says is its answer, no message.
 * @param quiet shows nothing of what it does, only what it uses.
 */
export function apart(turn: TurnEnvironment, { quiet }: { readonly quiet: boolean }) {
  const history: ModelItem[] = [];
  const contextSize = new ContextSize();
  const hidden = new Set<ItemId>();
  const { profile } = turn;
  const emit = (body: ThreadEventBody): void => {
    contextSize.observe(body);
    switch (body.type) {
      case 'history.appended':
        history.push(...body.items);
        return;
      case 'step.completed':
        return turn.emit({ ...body, apart: true });
      case 'item.started':
        if (quiet || body.item.type === 'agentMessage') hidden.add(body.item.id);
        if (!hidden.has(body.item.id)) turn.emit(body);
        return;
      case 'item.completed':
        if (!hidden.has(body.item.id)) turn.emit(body);
        return;
      case 'item.delta':
        if (!hidden.has(body.itemId)) turn.emit(body);
        return;
      default:
        if (!quiet) turn.emit(body);
    }
  };
  const reviewer: TurnEnvironment = {
    ...turn,
    context: { ...turn.context, mode: 'ask', approvalPolicy: 'never', preambles: false },
    profile: { ...profile, instructions: profile.reviewInstructions },
    tools: turn.tools.filter(({ name }) => readers.has(name)),
    history,
    contextSize,
    writes: noWrites,
    emit,
    untoldReview: () => undefined,
    takeSteering: () => 0,
    // Small servers cannot be held to a shape and given tools at once: there the prompt says it.
    ...(profile.family === 'generic' ? {} : { outputSchema: reviewAnswerSchema }),
  };
  return reviewer;
}
