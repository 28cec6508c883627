/** A file's bytes; null where it does not exist. */
export type Content = Uint8Array | null;

/** True where both are absent, or hold the same bytes. */
export function sameBytes(a: Content, b: Content): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
