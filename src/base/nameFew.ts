import * as l10n from '@vscode/l10n';
/** For people: the first names of a list, and how many more there are: `a, b and 3 more`. */
export function nameFew(names: readonly string[], most: number): string {
  const named = names.slice(0, most).join(', ');
  return names.length > most ? l10n.t('{0} and {1} more', named, names.length - most) : named;
}
