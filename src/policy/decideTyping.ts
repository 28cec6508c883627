import * as l10n from '@vscode/l10n';
import type { Access } from './access';
import { destructionOf } from './destructiveCommands';
import { typingGrant } from './grants';
import { runsAnything } from './programKinds';
import { seenCommands } from './seenCommands';
import {
  allowByGrant,
  allowWriting,
  askOrDeny,
  neverRun,
  refuseInReadingMode,
  type PolicySituation,
  type Verdict,
} from './verdict';

type TypingAccess = Extract<Access, { kind: 'typing' }>;

/**
 * Decides about text that is typed into a running command. A shell or an interpreter left open runs what it is given,
 * so typing must not go further than a command of its own would: it asks wherever that would.
 */
export function decideTyping(access: TypingAccess, situation: PolicySituation): Verdict {
  const refused = refuseInReadingMode(situation.mode);
  if (refused) return refused;
  const { text, session } = access;
  if (isControlOnly(text) || !session) return allowWriting;
  const { root, machine } = situation;
  const { destructive, forbidden } = destructionOf(text, root, root, machine);
  if (forbidden !== undefined) return neverRun(forbidden);
  const { approvalPolicy, sandboxMode } = situation;
  const channel = isChannel(session.command);
  const harmful = destructive && channel;
  if (sandboxMode === 'full-access' && approvalPolicy === 'never') return allowWriting;
  const bounded = session.confined || sandboxMode === 'full-access';
  if (bounded && approvalPolicy !== 'untrusted' && !harmful) return allowWriting;
  const grant = typingGrant(session.id, session.command);
  if (!harmful && situation.grants.allows([grant])) return allowByGrant;
  const reasons = [
    channel
      ? l10n.t('is typed into {0}, which may run whatever it gets', session.command)
      : l10n.t('is typed into {0}', session.command),
    ...(harmful ? [l10n.t('may destroy work')] : []),
    ...(session.confined ? [] : [l10n.t('that command is not in a sandbox')]),
  ];
  return askOrDeny(situation, reasons, harmful ? {} : { grant });
}

/** Keys that only stop, end or go on: Ctrl-C, Ctrl-D, Enter, arrows are no text. */
function isControlOnly(text: string): boolean {
  return /^[\x03\x04\x1a\x1c\r\n ]*$/.test(text);
}

/** True where what is typed may be run: a shell, an interpreter, or what cannot be told. */
function isChannel(command: string): boolean {
  const seen = seenCommands(command);
  return (
    !seen || seen.some(({ words: [program] }) => program === undefined || runsAnything(program))
  );
}
