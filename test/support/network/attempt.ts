/** A command that tries something, as a line of a script; it prints `LET` and what it was where it worked. */
export function attempt(what: string, command: string): string {
  return `( ${command} ) >/dev/null 2>&1 && echo 'LET ${what}'`;
}
