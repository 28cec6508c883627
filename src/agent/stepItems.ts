import { newId } from '../protocol/ids';
import type { AgentMessageItem, Item, ProposedPlanItem, ReasoningItem } from '../protocol/items';
import type { ModelItem } from '../protocol/modelItem';
import type { ModelEvent } from '../ports/model';
import { findAnswers } from './commentAnswers';
import { findEvidence } from './evidence';
import type { TurnEnvironment } from './turnEnvironment';

type DrawnItem = AgentMessageItem | ReasoningItem;

/**
 * Draws what one model answer says: messages and reasoning, as they form. Survives a retry: the items of the broken
 * attempt begin anew instead of being said twice, and every item it started is completed exactly once.
 */
export class StepItems {
  /** Items by the place they have in the answer. */
  private readonly drawn = new Map<number, DrawnItem>();
  private readonly reasoningParts = new Map<number, number>();

  constructor(private readonly turn: TurnEnvironment) {}

  /** Shows one event of the stream. */
  show(event: ModelEvent): void {
    switch (event.type) {
      case 'itemAdded':
        if (event.item.type === 'message') this.open(event.outputIndex, phaseOf(event.item));
        break;
      case 'textDelta':
        this.append(this.open(event.outputIndex, 'commentary'), event.text);
        break;
      case 'reasoningDelta':
        this.appendReasoning(event.outputIndex, event.part, event.text);
        break;
      case 'itemDone':
        this.finishText(event.outputIndex, event.item);
        break;
      case 'created':
      case 'completed':
        break;
    }
  }

  /** The attempt broke off: what it said is taken back. */
  reset(): void {
    this.reasoningParts.clear();
    for (const [index, item] of this.drawn) {
      this.drawn.set(index, { ...item, text: '' });
      this.emitDelta(item, { kind: 'reset' });
    }
  }

  /**
   * Completes everything that was drawn. A message without a phase is final unless tool calls follow it.
   * @param changed comments told in this turn whose lines changed.
   */
  complete(
    status: 'completed' | 'interrupted' | 'failed',
    callsFollow: boolean,
    changed: ReadonlySet<string> = new Set(),
  ): void {
    const ended = [...this.drawn].map(([index, item]): [number, DrawnItem] => {
      const named = item.type !== 'agentMessage' || this.saidPhase.has(item.id);
      return [index, named ? item : { ...item, phase: callsFollow ? 'commentary' : 'final' }];
    });
    const isPlan = this.turn.context.mode === 'plan' && status === 'completed' && !callsFollow;
    const answer = ended.findLast(([, item]) => isFinal(item))?.[1];
    for (const [index, item] of ended) {
      const whole = isPlan && item === answer ? asPlan(item) : item;
      this.turn.emit({
        type: 'item.completed',
        turnId: this.turn.turnId,
        item: this.withEvidence({ ...whole, status }, changed),
      });
      this.drawn.delete(index);
    }
  }

  /** What the turn shows of the checks, and the comments it answers, go with the answer. */
  private withEvidence<T extends Item>(item: T, changed: ReadonlySet<string>): T {
    if (item.type !== 'agentMessage' || item.phase !== 'final') return item;
    if (item.status !== 'completed') return item;
    const evidence = findEvidence(this.turn.entries(), item.text);
    const answers = findAnswers(this.turn, item.text, changed);
    return {
      ...item,
      ...(evidence.length > 0 ? { evidence } : {}),
      ...(answers.length > 0 ? { answers } : {}),
    };
  }

  /** Items whose phase the server named. */
  private readonly saidPhase = new Set<string>();

  private open(index: number, phase: AgentMessageItem['phase'] | undefined): DrawnItem {
    const known = this.drawn.get(index);
    if (known?.type === 'agentMessage') return known;
    const item: AgentMessageItem = {
      type: 'agentMessage',
      id: newId(),
      status: 'inProgress',
      phase: phase ?? 'commentary',
      text: '',
    };
    return this.start(index, item);
  }

  private start<T extends DrawnItem>(index: number, item: T): T {
    this.turn.emit({ type: 'item.started', turnId: this.turn.turnId, item });
    this.drawn.set(index, item);
    return item;
  }

  private appendReasoning(index: number, part: number, text: string): void {
    const known = this.drawn.get(index);
    const item =
      known ??
      this.start<ReasoningItem>(index, {
        type: 'reasoning',
        id: newId(),
        status: 'inProgress',
        text: '',
      });
    const before = this.reasoningParts.get(index);
    this.reasoningParts.set(index, part);
    const gap = before !== undefined && before !== part ? '\n\n' : '';
    this.append(item, gap + text, index);
  }

  private append(item: DrawnItem, text: string, index = this.indexOf(item)): void {
    const current = this.drawn.get(index) ?? item;
    this.drawn.set(index, { ...current, text: current.text + text });
    this.emitDelta(item, { kind: 'text', text });
  }

  private indexOf(item: DrawnItem): number {
    for (const [index, known] of this.drawn) if (known.id === item.id) return index;
    return -1;
  }

  /** The finished item is the truth: a server may have sent no deltas at all. */
  private finishText(index: number, item: ModelItem): void {
    if (item.type === 'message') {
      const phase = phaseOf(item);
      const drawn = this.open(index, phase);
      if (phase !== undefined) this.saidPhase.add(drawn.id);
      this.drawn.set(index, {
        ...drawn,
        ...(phase === undefined ? {} : { phase }),
        text: messageText(item) || drawn.text,
      });
    } else if (item.type === 'reasoning') {
      const text = item.summary.map((part) => part.text).join('\n\n');
      const drawn = this.drawn.get(index);
      if (drawn) this.drawn.set(index, { ...drawn, text: text || drawn.text });
      else if (text !== '') {
        this.start(index, { type: 'reasoning', id: newId(), status: 'inProgress', text });
      }
    }
  }

  private emitDelta(
    item: DrawnItem,
    delta: { kind: 'text'; text: string } | { kind: 'reset' },
  ): void {
    this.turn.emit({ type: 'item.delta', turnId: this.turn.turnId, itemId: item.id, delta });
  }
}

/** In mode `plan` the message that ends the turn is the plan: it is completed as one, under the id it was drawn by. */
function asPlan({ id, status, text }: DrawnItem): ProposedPlanItem {
  return { type: 'proposedPlan', id, status, text };
}

function isFinal(item: DrawnItem): boolean {
  return item.type === 'agentMessage' && item.phase === 'final' && item.text.trim() !== '';
}

type MessageItem = Extract<ModelItem, { type?: 'message' }>;

function phaseOf(item: MessageItem): AgentMessageItem['phase'] | undefined {
  const phase = 'phase' in item ? item.phase : undefined;
  if (phase === 'commentary') return 'commentary';
  return phase === 'final_answer' ? 'final' : undefined;
}

function messageText(item: MessageItem): string {
  if (typeof item.content === 'string') return item.content;
  return item.content
    .map((part) => {
      if ('text' in part) return part.text;
      return 'refusal' in part ? part.refusal : '';
    })
    .join('');
}
