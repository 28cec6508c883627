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
    get editedPaths() {
      return (edited ??= editedPaths(turn.state()));
    },
  };
}

/** Commands are judged by more than their text: what that takes is loaded with the first of them. Never rejects. */
export async function readyForCommands({ shellParser, machine }: TurnEnvironment): Promise<void> {
  await Promise.all([shellParser.load(), machine.load()]);
}

/** What is typed is judged by what it is typed into. */
export function withSession(access: Access, { terminals }: TurnEnvironment): Access {
  if (access.kind !== 'typing') return access;
  const terminal = terminals.get(access.sessionId);
  if (!terminal?.running) return access;
  const { id, command, confined } = terminal;
  return { ...access, session: { id, command, confined } };
}

/** Files that the agent wrote in this thread, by a tool or by what it ran; relative to the thread's folder. */
function editedPaths({ writes }: ThreadState): ReadonlySet<string> {
  return new Set(writes.flatMap(({ files }) => files.map(({ path }) => path)));
}
