import type { DecidedBy } from '../protocol/approvals';
import type { CallDecision } from '../protocol/callDecision';
import type { FileWrite } from '../protocol/checkpoints';
import type { ThreadEvent } from '../protocol/events';
import type { HostContact } from '../protocol/hostContact';
import type { CommandExecutionItem, Item } from '../protocol/items';
import type { OutsideSource } from '../protocol/outsideContent';

/** Which fact of the thread a record is about. */
interface AuditPlace {
  /** The event's number; records are in its order. */
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly turn?: string;
  /** Links what was decided, run, written and contacted by one call. */
  readonly call?: string;
}

/** One line of the record of a thread. Contents are git's ids of them: `git hash-object FILE` computes one. */
export type AuditRecord = AuditPlace &
  (
    | {
        readonly record: 'thread';
        readonly thread: string;
        readonly folder: string;
        readonly forkedFrom?: string;
      }
    /** What a turn was allowed to do. */
    | {
        readonly record: 'turn';
        readonly model: string;
        readonly mode: string;
        readonly approvalPolicy: string;
        readonly sandboxMode: string;
      }
    | { readonly record: 'turnEnd'; readonly end: 'completed' | 'interrupted' | 'failed' }
    | ({ readonly record: 'decision' } & CallDecision)
    /** A command that ran, once it ended or went on in the background. */
    | {
        readonly record: 'command';
        readonly command: string;
        readonly cwd: string;
        readonly status: string;
        readonly exitCode?: number;
        readonly durationMs?: number;
        /** Where it goes on in the background. */
        readonly session?: number;
      }
    /** A command of the background, once the agent saw that it had ended. */
    | { readonly record: 'commandEnd'; readonly session: number; readonly exitCode: number }
    | ({ readonly record: 'write'; readonly by: DecidedBy | 'agent' } & FileWrite)
    | ({ readonly record: 'host' } & HostContact)
    /** Text of strangers came in: what is decided from here on is stricter. */
    | { readonly record: 'outside'; readonly source: OutsideSource }
    /** What the person did with changes. */
    | {
        readonly record: 'review';
        readonly resolution: 'accept' | 'reject' | 'commit' | 'restore' | 'undoRestore';
        readonly paths: readonly string[];
        readonly commit?: string;
      }
  );

/**
 * What a thread did and who let it, as JSON lines: every decision, command, write and host contacted, in order.
 * @param events all of the thread, as they are stored
 */
export function exportAudit(events: readonly ThreadEvent[]): string {
  return auditRecords(events)
    .map((record) => `${JSON.stringify(record)}\n`)
    .join('');
}

/** The records of a thread; what a fork was copied from is in the record of the original. */
export function auditRecords(events: readonly ThreadEvent[]): AuditRecord[] {
  const [first] = events;
  const since = first?.type === 'thread.started' && first.forkedFrom ? first.at : -Infinity;
  return events.filter(({ at }) => at >= since).flatMap(recordsOf);
}

function recordsOf(event: ThreadEvent): AuditRecord[] {
  const place: AuditPlace = {
    seq: event.seq,
    at: new Date(event.at).toISOString(),
    ...('turnId' in event ? { turn: event.turnId } : {}),
    ...('itemId' in event ? { call: event.itemId } : {}),
  };
  switch (event.type) {
    case 'thread.started': {
      const { threadId: thread, cwd: folder, forkedFrom } = event;
      const origin = forkedFrom ? { forkedFrom: forkedFrom.threadId } : {};
      return [{ ...place, record: 'thread', thread, folder, ...origin }];
    }
    case 'turn.started': {
      const { model, mode, approvalPolicy, sandboxMode } = event.context;
      return [{ ...place, record: 'turn', model, mode, approvalPolicy, sandboxMode }];
    }
    case 'turn.completed':
    case 'turn.interrupted':
    case 'turn.failed':
      return [{ ...place, record: 'turnEnd', end: endOf(event.type) }];
    case 'decision.made':
      return [{ ...place, record: 'decision', ...event.decision }];
    case 'item.completed':
      return itemRecords(event.item).map((record) => ({
        ...place,
        call: event.item.id,
        ...record,
      }));
    case 'files.written':
      return event.files.map((file) => {
        return { ...place, record: 'write', by: event.by ?? 'agent', ...file };
      });
    case 'host.contacted':
      return [{ ...place, record: 'host', ...event.contact }];
    case 'outside.entered':
      return [{ ...place, record: 'outside', source: event.source }];
    case 'hunk.resolved': {
      const { path, parts } = event.target;
      const paths = path === undefined ? (parts ?? []).map((part) => part.path) : [path];
      const { resolution, written = [] } = event;
      return [
        { ...place, record: 'review', resolution, paths: [...new Set(paths)] },
        ...written.map((file): AuditRecord => ({ ...place, record: 'write', by: 'user', ...file })),
      ];
    }
    case 'changes.committed': {
      if (!event.commit) return [];
      const { id: commit, paths } = event.commit;
      return [{ ...place, record: 'review', resolution: 'commit', paths, commit }];
    }
    case 'thread.restored': {
      const { files } = event.restore;
      const paths = files.map(({ path }) => path);
      return [
        { ...place, record: 'review', resolution: 'restore', paths },
        ...files.map((file): AuditRecord => ({ ...place, record: 'write', by: 'user', ...file })),
      ];
    }
    case 'restore.undone':
      return [{ ...place, record: 'review', resolution: 'undoRestore', paths: event.paths }];
    default:
      return [];
  }
}

function endOf(type: 'turn.completed' | 'turn.interrupted' | 'turn.failed') {
  const ends = {
    'turn.completed': 'completed',
    'turn.interrupted': 'interrupted',
    'turn.failed': 'failed',
  } as const;
  return ends[type];
}

function itemRecords(item: Item) {
  if (item.type === 'commandExecution') return [commandRecord(item)];
  const { id: session, exitCode } = (item.type === 'toolCall' && item.session) || {};
  if (session === undefined || exitCode === undefined) return [];
  return [{ record: 'commandEnd', session, exitCode } as const];
}

function commandRecord(item: CommandExecutionItem) {
  const { command, cwd, status, exitCode, durationMs, sessionId: session } = item;
  return {
    record: 'command',
    ...{ command, cwd, status },
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(session === undefined ? {} : { session }),
  } as const;
}
