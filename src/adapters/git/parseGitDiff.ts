import type { FileChangeKind, FileChangeSummary } from '../../protocol/items';

/** Reads what `git diff --patch` prints with the prefixes `a/` and `b/`. */
export function parseGitDiff(output: string): FileChangeSummary[] {
  // Every line of a file's content begins with a space, `+`, `-` or `\`, so this only finds headers.
  return output
    .split(/^(?=diff --git )/m)
    .filter((section) => section.startsWith('diff --git '))
    .map(parseSection);
}

function parseSection(section: string): FileChangeSummary {
  const start = section.search(/^@@ /m);
  const head = (start < 0 ? section : section.slice(0, start)).split('\n');
  const diff = start < 0 ? '' : section.slice(start);
  const { added, removed } = countLines(diff);
  return { path: pathOf(head), kind: kindOf(head), diff, added, removed };
}

function kindOf(head: readonly string[]): FileChangeKind {
  if (head.some((line) => line.startsWith('new file mode '))) return 'add';
  return head.some((line) => line.startsWith('deleted file mode ')) ? 'delete' : 'update';
}

function pathOf(head: readonly string[]): string {
  const renamed = head.find((line) => line.startsWith('rename to '));
  if (renamed !== undefined) return unquote(renamed.slice('rename to '.length));
  // Without a rename both sides are the same path, so the middle is known whatever the path holds.
  const both = (head[0] ?? '').slice('diff --git '.length);
  return unquote(both.slice(0, (both.length - 1) / 2)).slice('a/'.length);
}

const escapes: Readonly<Record<string, string>> = {
  ...{ a: '\x07', b: '\b', t: '\t', n: '\n', v: '\v', f: '\f', r: '\r' },
};

/** Git puts a path with quotes, backslashes or control characters into C-style quotes. */
function unquote(path: string): string {
  if (!path.startsWith('"')) return path;
  return path
    .slice(1, -1)
    .replace(/\\([0-7]{3}|.)/g, (_whole, escaped: string) =>
      escaped.length === 3
        ? String.fromCharCode(Number.parseInt(escaped, 8))
        : (escapes[escaped] ?? escaped),
    );
}

function countLines(diff: string): { readonly added: number; readonly removed: number } {
  let added = 0;
  let removed = 0;
  for (const line of diff.split('\n')) {
    if (line.startsWith('+')) added += 1;
    else if (line.startsWith('-')) removed += 1;
  }
  return { added, removed };
}
