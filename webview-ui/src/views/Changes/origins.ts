import type { ChangeOrigin } from '../../../../src/protocol/changes';

/**
 * Who made a change, told only where it was not the patch tool alone: `by sed`, `by patch, sed`. `full` has the
 * whole commands.
 */
export function describeOrigins(
  origins: readonly ChangeOrigin[],
): { readonly short: string; readonly full: string } | undefined {
  const labels = [...new Set(origins.map(({ label }) => label))];
  if (labels.every((label) => label === 'patch')) return undefined;
  const names = [...new Set(labels.map(programOf))];
  return { short: `by ${names.join(', ')}`, full: labels.join('\n') };
}

/** The word that says most: `npm run format` for scripts, the program's name otherwise. */
function programOf(command: string): string {
  const last = command.split(/&&|;/).pop()?.trim() ?? '';
  const words = last.replace(/^(?:\w+=\S*\s+)+/, '').split(/\s+/);
  const name = words[0]?.split('/').pop() ?? '';
  const runner = /^(?:npm|npx|pnpm|yarn|cargo|go|git|make|python3?|node)$/.test(name);
  return runner && words[1] ? words.slice(0, words[1] === 'run' ? 3 : 2).join(' ') : name;
}
