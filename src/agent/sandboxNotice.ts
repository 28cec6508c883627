import type { TurnEnvironment } from './turnEnvironment';

const opening = 'Commands cannot be confined here:';

/** Tells the person, once in a thread, why no sandbox is around commands and what follows from that. */
export function raiseSandboxNotice(turn: TurnEnvironment): void {
  const { unavailable } = turn.sandbox;
  const { sandboxMode, approvalPolicy } = turn.context;
  if (unavailable === undefined || sandboxMode === 'full-access') return;
  const said = turn
    .state()
    .turns.some(({ entries }) =>
      entries.some((entry) => entry.type === 'notice' && entry.text.startsWith(opening)),
    );
  if (said) return;
  const consequence =
    approvalPolicy === 'never'
      ? 'What may do more than read is refused, because nobody is to be asked.'
      : 'What may do more than read asks you first.';
  const text = `${opening} ${unavailable}. ${consequence}`;
  turn.emit({ type: 'notice.raised', level: 'warning', text });
}
