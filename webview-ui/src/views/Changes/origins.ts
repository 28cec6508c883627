import type { ChangeOrigin } from '../../../../src/protocol/changes';
import type { TurnState } from '../../../../src/protocol/threadState';

/** Who made a change: `by sed`, `by patch, sed`. */
export function describeOrigins(origins: readonly ChangeOrigin[]): string {
  const names = [...new Set(origins.map(({ label }) => programOf(label)))];
  return `by ${names.join(', ')}`;
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
    const number = numbers.get(turnId);
    const turn = number === undefined ? 'An earlier turn' : `Turn ${number}`;
    return `${turn}${step === undefined ? '' : `, step ${step}`}: ${label}`;
  });
}

/** The word that says most: `npm run format` for scripts, the program's name otherwise. */
function programOf(command: string): string {
  const last = command.split(/&&|;/).pop()?.trim() ?? '';
  const words = last.replace(/^(?:\w+=\S*\s+)+/, '').split(/\s+/);
  const name = words[0]?.split('/').pop() ?? '';
  const runner = /^(?:npm|npx|pnpm|yarn|cargo|go|git|make|python3?|node)$/.test(name);
  return runner && words[1] ? words.slice(0, words[1] === 'run' ? 3 : 2).join(' ') : name;
}
