/** Reads `git diff-files -z --name-status`: paths that look changed, and those that are gone. */
export function parseFileStatus(output: string): { changed: string[]; gone: string[] } {
  const fields = output.split('\0');
  const changed: string[] = [];
  const gone: string[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    (fields[index] === 'D' ? gone : changed).push(fields[index + 1] ?? '');
  }
  return { changed, gone };
}
