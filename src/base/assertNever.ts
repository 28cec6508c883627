/**
 * Marks a branch no value can reach, so that a new variant of a union fails to compile here.
 * @throws Error when it is reached at run time all the same (data from an older or newer version).
 */
export function assertNever(value: never, what = 'variant'): never {
  throw new Error(`Unexpected ${what}: ${JSON.stringify(value)}`);
}
