import assert from 'node:assert/strict';
import fc from 'fast-check';
import { condenseEvents } from '../../../src/protocol/condenseEvents';
import {
  changesBetween,
  emptyChangeSet,
  type ChangedFile,
  type ChangeSet,
} from '../../../src/protocol/changes';
import type { ThreadEvent, ThreadEventBody } from '../../../src/protocol/events';
import type { Item } from '../../../src/protocol/items';
import type { ModelItem } from '../../../src/protocol/modelItem';
import { noUsage } from '../../../src/protocol/usage';
import { EventLog } from '../../../src/threads/eventLog';
import { ReviewNotes } from '../../../src/threads/reviewNotes';
import { sampleContext } from '../../support/sampleContext';

const log = { info() {}, warn() {}, error() {} };

/** What a thread has in memory once these events are read back. */
function restore(events: readonly ThreadEvent[]) {
  const eventLog = new EventLog('t', { now: () => 0 } as never, () => assert.fail(), log);
  eventLog.restore(events, undefined);
  const notes = new ReviewNotes();
  for (const event of events) notes.observe(event);
  const { state, history, contextSize } = eventLog;
  return { state, history, tokens: contextSize.tokens, review: notes.message() };
}

/** Changed files that nothing happens to any more, so that updates name only the others. */
const untouched: readonly ChangedFile[] = Array.from({ length: 20 }, (_, index) => ({
  ...{ path: `z${index}.js`, kind: 'update', binary: false, baseline: 'a', live: 'b' },
  ...{ added: 1, removed: 1, hunks: [], origins: [] },
}));

/** Things that happen in a step, a number each. */
const happenings = 14;

/** A thread that lives through what the numbers say, telling the model of reviews as the agent does. */
class Life {
  readonly events: ThreadEvent[] = [];
  private readonly review = new ReviewNotes();
  private readonly files = new Map<string, ChangedFile>();
  private told = emptyChangeSet;
  private turns = 0;
  private steps = 0;
  private ids = 0;
  private restores = 0;
  private lastRestoreHadConversation = false;

  constructor(private readonly outputLength: number) {
    this.emit({ type: 'thread.started', cwd: '/w' });
  }

  turn(steps: readonly (readonly number[])[], between = 0): void {
    this.betweenTurns(between);
    this.turns += 1;
    const input = { text: 'Go on', attachments: [] };
    this.emit({ type: 'turn.started', turnId: this.turnId, input, context: sampleContext('/w') });
    this.tellReview();
    this.say('user input');
    for (const step of steps) {
      this.steps += 1;
      this.emit({ type: 'step.started', turnId: this.turnId, step: this.steps });
      // The person does things also while the model is asked.
      for (const number of step.filter((one) => one >= 7)) this.happen(number);
      const usage = { ...noUsage, inputTokens: this.steps * 10, outputTokens: 5 };
      this.emit({ type: 'step.completed', turnId: this.turnId, responseId: 'r', usage, cost: 0.5 });
      for (const number of step.filter((one) => one < 7)) this.happen(number);
      this.tellReview();
    }
    this.emit({ type: 'turn.completed', turnId: this.turnId, usage: noUsage });
  }

  /** The person goes back to before the last turn, or takes the last going back, back. */
  private betweenTurns(number: number): void {
    if (this.turns === 0 || number < 2) return;
    const id = `restore-${this.restores}`;
    const history = [message(`history of ${id}`)];
    if (number === 5) {
      const conversation = this.lastRestoreHadConversation ? { history } : {};
      const paths = this.restores % 2 === 0 ? ['file0'] : [];
      this.emit({ type: 'restore.undone', restoreId: id, paths, ...conversation });
    } else {
      this.restores += 1;
      const scope = number === 2 ? 'files' : number === 3 ? 'conversation' : 'both';
      this.lastRestoreHadConversation = scope !== 'files';
      const { turnId } = this;
      this.emit({
        type: 'thread.restored',
        restore: {
          id: `restore-${this.restores}`,
          checkpoint: { turnId },
          scope,
          files: scope === 'conversation' ? [] : [{ path: 'file0', before: 'x', after: 'y' }],
          kept: [],
          pendingBefore: [],
        },
        ...(scope === 'files' ? {} : { conversation: { turnId, history, tokens: 7, plan: null } }),
      });
    }
    this.tellChanges();
  }

  private happen(number: number): void {
    const { turnId } = this;
    switch (number) {
      case 0:
        return this.command();
      case 1:
        return this.edit(`file${this.steps % 4}`);
      case 2:
        return this.emit({
          type: 'plan.updated',
          turnId,
          plan: { steps: [{ step: `${this.ids}`, status: 'pending' }] } as never,
        });
      case 3:
        return this.compact(false);
      case 4:
        return this.compact(true);
      case 5: {
        const approval = { id: this.newId(), itemId: 'i', turnId } as never;
        const { id } = approval as { id: string };
        this.emit({ type: 'approval.requested', turnId, approval });
        if (this.ids % 3 === 0) return;
        this.emit({
          type: 'approval.resolved',
          turnId,
          approvalId: id,
          decision: 'approve',
          by: 'user',
        });
        return;
      }
      case 6:
        return this.emit({
          type: 'step.retried',
          turnId,
          attempt: 1,
          waitingFor: 'retry',
          delayMs: 1,
          error: { code: 'stream', message: 'cut' },
        });
      case 7:
        return this.emit({ type: 'thread.renamed', title: `title ${this.ids++}` });
      case 8:
        return this.emit({ type: 'thread.archived', archived: this.ids++ % 2 === 0 });
      case 9:
        return this.emit({
          type: 'input.waiting',
          inputs: [{ id: this.newId(), kind: 'queue', input: { text: 'x', attachments: [] } }],
        });
      case 10:
        return this.emit({ type: 'notice.raised', level: 'info', text: `notice ${this.ids++}` });
      case 11:
        return this.personEdits();
      case 12:
        return this.resolve('reject');
      default:
        return this.resolve('accept');
    }
  }

  private command(): void {
    const output = 'o'.repeat(this.outputLength);
    const item: Item = {
      type: 'commandExecution',
      id: this.newId(),
      status: 'inProgress',
      command: 'make',
      cwd: '/w',
      output: '',
      readOnly: false,
    };
    this.item(item, { ...item, status: 'completed', output, exitCode: 0 });
    this.say(output);
  }

  private edit(path: string): void {
    const before = this.files.get(path);
    const itemId = this.newId();
    const change = { path, kind: 'update', diff: '@@', added: 1, removed: 0 } as const;
    const item: Item = { type: 'fileChange', id: itemId, status: 'inProgress', changes: [change] };
    this.item(item, { ...item, status: 'completed' });
    const origin = { turnId: this.turnId, itemId, label: 'patch' };
    this.files.set(path, file(path, this.newId(), [...(before?.origins ?? []), origin]));
    const written = [{ path, before: 'x', after: 'y' }];
    this.emit({ type: 'files.written', turnId: this.turnId, itemId, files: written });
    this.tellChanges();
  }

  private personEdits(): void {
    const [first] = this.files.values();
    if (!first) return;
    this.files.set(first.path, { ...first, live: this.newId() });
    this.tellChanges();
  }

  private resolve(resolution: 'accept' | 'reject'): void {
    const [first] = this.files.values();
    if (!first) return;
    this.emit({ type: 'hunk.resolved', resolution, target: { path: first.path } });
    this.files.delete(first.path);
    this.tellChanges();
  }

  private compact(edited: boolean): void {
    const { turnId } = this;
    const id = this.newId();
    const item = { type: 'compaction', id, summary: 'so far', tokensBefore: 9 } as const;
    this.item({ ...item, status: 'inProgress' }, { ...item, status: 'completed', tokensAfter: 3 });
    const replacement = [message(`summary ${id}`)];
    const sizes = { tokensBefore: 9, tokensAfter: 3 };
    this.emit({ type: 'history.compacted', replacement, ...sizes });
    if (!edited) return;
    const summary = `edited ${id}`;
    this.emit({
      type: 'history.compacted',
      replacement: [message(summary)],
      ...sizes,
      edited: { turnId, itemId: id, summary },
    });
  }

  private item(started: Item, completed: Item): void {
    this.emit({ type: 'item.started', turnId: this.turnId, item: started });
    this.emit({ type: 'item.completed', turnId: this.turnId, item: completed });
  }

  private tellReview(): void {
    const review = this.review.message();
    if (review) this.emit({ type: 'history.appended', items: [review] });
  }

  private tellChanges(): void {
    const files = [...this.files.values(), ...untouched];
    const now: ChangeSet = { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), notes: [] };
    this.emit({ type: 'changes.updated', ...changesBetween(this.told, now) });
    this.told = now;
  }

  private say(text: string): void {
    this.emit({ type: 'history.appended', items: [message(text)] });
  }

  private emit(body: ThreadEventBody): void {
    const event = { seq: this.events.length + 1, at: this.events.length, threadId: 't', ...body };
    this.events.push(event);
    this.review.observe(event);
  }

  private get turnId(): string {
    return `turn-${this.turns}`;
  }

  private newId(): string {
    return `id-${this.ids++}`;
  }
}

function message(text: string): ModelItem {
  return { type: 'message', role: 'user', content: [{ type: 'input_text', text }] };
}

function file(path: string, live: string, origins: ChangedFile['origins']): ChangedFile {
  const kind = 'update';
  return {
    path,
    kind,
    binary: false,
    baseline: 'b',
    live,
    added: 1,
    removed: 0,
    hunks: [],
    origins,
  };
}

/** Turns: what happens before them, and in each of their steps. */
type Turns = readonly (readonly [number, readonly (readonly number[])[]])[];

const lives: fc.Arbitrary<Turns> = fc.array(
  fc.tuple(
    fc.nat(5),
    fc.array(fc.array(fc.nat(happenings - 1), { maxLength: 5 }), { maxLength: 5 }),
  ),
  { minLength: 1, maxLength: 6 },
);

function live(turns: Turns, outputLength = 10): ThreadEvent[] {
  const life = new Life(outputLength);
  for (const [between, steps] of turns) life.turn(steps, between);
  return life.events;
}

describe('condensed events', () => {
  it('fold to the same state, history, size and review notes, wherever and however often they are condensed', () => {
    fc.assert(
      fc.property(
        lives,
        fc.array(fc.nat(400), { maxLength: 3 }),
        fc.nat(400),
        (turns, cuts, end) => {
          const all = live(turns);
          const events = all.slice(0, Math.max(1, all.length - (end % 20)));
          let condensed: readonly ThreadEvent[] = [];
          let done = 0;
          for (const cut of [...cuts.sort((a, b) => a - b), events.length]) {
            const next = Math.min(events.length, Math.max(done, cut));
            condensed = condenseEvents([...condensed, ...events.slice(done, next)]);
            done = next;
          }
          assert.deepEqual(restore(condensed), restore(events));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('leave out what was replaced: change sets, plans, and the history before a compaction', () => {
    const busy = [0, 1, 2, 5, 11];
    const events = live([
      [0, [busy, busy, [3], busy, busy]],
      [0, [busy, [4], busy, busy, busy]],
    ]);
    const condensed = condenseEvents(events);
    const count = (of: readonly ThreadEvent[], type: ThreadEvent['type']) =>
      of.filter((event) => event.type === type).length;
    assert.ok(condensed.length < events.length * 0.8, `${condensed.length} of ${events.length}`);
    for (const type of ['changes.updated', 'plan.updated', 'history.appended'] as const) {
      assert.ok(count(condensed, type) < count(events, type), type);
    }
    assert.deepEqual(condenseEvents(condensed), condensed);
  });

  it('cut the outputs of old items and say so; the newest stay whole', () => {
    const steps = Array.from({ length: 30 }, () => [0]);
    const events = live([[0, steps]], 200_000);
    const condensed = condenseEvents(condenseEvents(events));
    const outputs = restore(condensed).state.turns[0]!.entries.map((entry) =>
      entry.type === 'commandExecution' ? entry.output : '',
    );
    assert.ok(outputs[0]!.length < 1500);
    assert.match(
      outputs[0]!,
      /^o{500}\n…199000 characters of this old output are not shown; an export/,
    );
    assert.equal(outputs.at(-1)!.length, 200_000);
    assert.ok(JSON.stringify(outputs).length < 5_000_000);
  });

  it('keep events of kinds that are not known yet', () => {
    const steps = Array.from({ length: 9 }, () => [0]);
    const events = live([[0, steps]]);
    const unknown = { ...events[0]!, type: 'something.new' } as unknown as ThreadEvent;
    assert.ok(condenseEvents([unknown, ...events]).includes(unknown));
  });
});
