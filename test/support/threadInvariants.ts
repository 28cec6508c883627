import assert from 'node:assert/strict';
import type { ModelRequest } from '../../src/ports/model';
import { isTransient, type ThreadEvent } from '../../src/protocol/events';
import type { ModelItem } from '../../src/protocol/modelItem';
import { emptyThreadState, foldEvent } from '../../src/protocol/threadState';
import { findViolation } from './scriptedRules';

const endings = new Set(['turn.completed', 'turn.interrupted', 'turn.failed']);

/** What must hold of every stream of events once no turn runs, whatever happened. @throws AssertionError */
export function assertStreamInvariants(live: readonly ThreadEvent[]): void {
  assertPlainJson(live);
  assertGrowingSeq(live);
  assertItemsEnd(live);
  assertApprovalsEnd(live);
  assertTurnsEnd(live);
}

/** The stored log tells the same as the live stream without its deltas. */
export function assertStoredEqualsLive(
  stored: readonly ThreadEvent[],
  live: readonly ThreadEvent[],
): void {
  assert.deepEqual(
    stored,
    live.filter((event) => !isTransient(event)),
  );
  const id = live[0]?.threadId ?? '';
  assert.deepEqual(
    stored.reduce(foldEvent, emptyThreadState(id)),
    live.reduce(foldEvent, emptyThreadState(id)),
  );
}

/** Each request begins with the one before it, word for word, and each is one a server accepts. */
export function assertRequestsGrow(requests: readonly ModelRequest[]): void {
  requests.forEach((request, index) => {
    assert.equal(violationOf(request.input), undefined);
    const before = requests[index - 1];
    if (!before) return;
    assert.deepEqual(request.input.slice(0, before.input.length), before.input);
    assert.deepEqual([request.instructions, request.tools], [before.instructions, before.tools]);
  });
}

/** The rule of the server that a history breaks; see `findViolation`. */
export function violationOf(input: readonly ModelItem[]): string | undefined {
  return findViolation({ model: 'm', input, stream: true, store: false });
}

function assertPlainJson(events: readonly ThreadEvent[]): void {
  for (const event of events) assert.deepEqual(JSON.parse(JSON.stringify(event)), event);
}

function assertGrowingSeq(events: readonly ThreadEvent[]): void {
  let seq = 0;
  for (const event of events) {
    if (!isTransient(event)) seq += 1;
    assert.equal(event.seq, seq, `seq of ${event.type}`);
  }
}

function assertItemsEnd(events: readonly ThreadEvent[]): void {
  const open = new Set<string>();
  const seen = new Set<string>();
  for (const event of events) {
    if (event.type === 'item.started') {
      assert.ok(!seen.has(event.item.id), 'an item starts once');
      seen.add(event.item.id);
      open.add(event.item.id);
    }
    if (event.type === 'item.delta') assert.ok(open.has(event.itemId), 'a delta of an open item');
    if (event.type === 'item.completed') {
      assert.ok(open.delete(event.item.id), `an open ${event.item.type} completes once`);
      assert.notEqual(event.item.status, 'inProgress');
    }
  }
  assert.equal(open.size, 0, 'every item completes');
}

function assertApprovalsEnd(events: readonly ThreadEvent[]): void {
  const open = new Set<string>();
  const items = new Set<string>();
  for (const event of events) {
    if (event.type === 'item.started') items.add(event.item.id);
    if (event.type === 'approval.requested') {
      assert.ok(items.has(event.approval.itemId), 'an approval belongs to a started item');
      open.add(event.approval.id);
    }
    if (event.type === 'approval.resolved') {
      assert.ok(open.delete(event.approvalId), 'an approval is resolved once');
    }
  }
  assert.equal(open.size, 0, 'every approval is resolved');
}

function assertTurnsEnd(events: readonly ThreadEvent[]): void {
  let running: string | undefined;
  for (const event of events) {
    if (event.type === 'turn.started') {
      assert.equal(running, undefined, 'one turn at a time');
      running = event.turnId;
    }
    if (endings.has(event.type)) {
      assert.equal('turnId' in event && event.turnId, running, 'the running turn ends once');
      running = undefined;
    }
  }
  assert.equal(running, undefined, 'every turn ends');
}
