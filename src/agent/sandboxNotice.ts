import * as l10n from '@vscode/l10n';
import type { TurnEnvironment } from './turnEnvironment';

/** Tells the person, once in a thread, why no sandbox is around commands and what follows from that. */
export function raiseSandboxNotice(turn: TurnEnvironment): void {
  const { unavailable } = turn.sandbox;
  const { sandboxMode, approvalPolicy } = turn.context;
  if (unavailable === undefined || sandboxMode === 'full-access') return;
  const said = turn
    .state()
    .turns.some(({ entries }) =>
      entries.some((entry) => entry.type === 'notice' && entry.topic === 'sandbox'),
    );
  if (said) return;
  const text =
    approvalPolicy === 'never'
      ? l10n.t(
          'Commands cannot be confined here: {0}. What may do more than read is refused, because nobody is to be asked.',
          unavailable(),
        )
      : l10n.t(
          'Commands cannot be confined here: {0}. What may do more than read asks you first.',
          unavailable(),
        );
  turn.emit({ type: 'notice.raised', level: 'warning', text, topic: 'sandbox' });
}
