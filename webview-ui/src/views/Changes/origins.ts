import * as l10n from '@vscode/l10n';
import type { ChangeOrigin } from '../../../../src/protocol/changes';
import type { TurnState } from '../../../../src/protocol/threadState';

/** Who made a change: `by sed`, `by patch, sed`. */
export function describeOrigins(origins: readonly ChangeOrigin[]): string {
  const names = [...new Set(origins.map(({ label }) => programOf(label)))];
  return l10n.t('by {0}', names.join(', '));
}

/** True where the patch tool alone made a change: that needs no words. */
export function isPatched(origins: readonly ChangeOrigin[]): boolean {
  return origins.every(({ label }) => label === 'patch');
}

/** Each call that made a change, with its turn and step: `Turn 2, step 3: sed -i s/a/b/ notes.md`. */
export function listOrigins(
  origins: readonly ChangeOrigin[],
  turns: readonly Pick<TurnState, 'id'>[],
): readonly string[] {
  const numbers = new Map(turns.map(({ id }, index) => [id, index + 1]));
  return origins.map(({ turnId, step, label }) => {
    return l10n.t('{0}: {1}', stepWords(numbers.get(turnId), step), label);
  });
}

/** Which turn and step something belongs to, as far as is known: `Turn 2, step 3`, `An earlier turn`. */
export function stepWords(turn: number | undefined, step: number | undefined): string {
  if (turn === undefined) {
    return step === undefined
      ? l10n.t('An earlier turn')
      : l10n.t('An earlier turn, step {0}', step);
  }
  return step === undefined ? l10n.t('Turn {0}', turn) : l10n.t('Turn {0}, step {1}', turn, step);
}

/** The word that says most: `npm run format` for scripts, the program's name otherwise. */
function programOf(command: string): string {
  const last = command.split(/&&|;/).pop()?.trim() ?? '';
  const words = last.replace(/^(?:\w+=\S*\s+)+/, '').split(/\s+/);
  const name = words[0]?.split('/').pop() ?? '';
  const runner = /^(?:npm|npx|pnpm|yarn|cargo|go|git|make|python3?|node)$/.test(name);
  return runner && words[1] ? words.slice(0, words[1] === 'run' ? 3 : 2).join(' ') : name;
}
