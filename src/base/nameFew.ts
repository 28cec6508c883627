/** The first names of a list, and how many more there are: `a, b and 3 more`. */
export function nameFew(names: readonly string[], most: number): string {
  const named = names.slice(0, most).join(', ');
  return names.length > most ? `${named} and ${names.length - most} more` : named;
}
