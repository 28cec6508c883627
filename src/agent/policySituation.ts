import type { Access } from '../policy/access';
import type { PolicySituation } from '../policy/decide';
import type { ThreadState } from '../protocol/threadState';
import type { TurnEnvironment } from './turnEnvironment';

/** What the policy decides by, read at one moment. For commands `readyForCommands` comes first. */
export function policySituation(turn: TurnEnvironment): PolicySituation {
  const { mode, approvalPolicy, sandboxMode } = turn.context;
  let edited: ReadonlySet<string> | undefined;
  return {
    ...{ mode, approvalPolicy, sandboxMode },
    sandboxUnavailable: turn.sandbox.unavailable,
    grants: turn.grants,
    root: turn.files.root,
    shellParser: turn.shellParser,
    machine: turn.machine,
    hidden: turn.hiddenFiles,
    outsideContent: nameOfOutside(turn.state()),
    get editedPaths() {
      return (edited ??= editedPaths(turn.state()));
    },
  };
}

/** Commands are judged by more than their text: what that takes is loaded with the first of them. Never rejects. */
export async function readyForCommands(turn: TurnEnvironment): Promise<void> {
  const { shellParser, machine, hiddenFiles } = turn;
  // Names and links count also where hidden files could not be listed.
  const listed = hiddenFiles.list().catch(() => undefined);
  await Promise.all([shellParser.load(), machine.load(), listed]);
}

/** What is typed is judged by what it is typed into. */
export function withSession(access: Access, { terminals }: TurnEnvironment): Access {
  if (access.kind !== 'typing') return access;
  const terminal = terminals.get(access.sessionId);
  if (!terminal?.running) return access;
  const { id, command, confined } = terminal;
  return { ...access, session: { id, command, confined } };
}

/** What came in from outside last, for the person; undefined where nothing did. */
function nameOfOutside({ outside }: ThreadState): string | undefined {
  return outside.at(-1)?.source.name;
}

/** Files that the agent wrote in this thread, by a tool or by what it ran; relative to the thread's folder. */
export function editedPaths({ turns, writes }: ThreadState): ReadonlySet<string> {
  // A patch of this step is an item at once; what is recorded of it follows.
  const patched = turns
    .flatMap(({ entries }) => entries)
    .flatMap((entry) => (entry.type === 'fileChange' ? entry.changes : []));
  return new Set([...patched, ...writes.flatMap(({ files }) => files)].map(({ path }) => path));
}
