import { diffHunks } from '../agent/review/diffLines';
import type { FileChangeSummary } from '../protocol/items';

/** How a repository words its commits, read off the subjects of the newest ones. */
export interface LogStyle {
  /** Subjects begin with a type: `fix(slug): …`. */
  readonly conventional: boolean;
  /** Subjects begin with the key of a ticket: `SHOP-12 …`. */
  readonly tickets: boolean;
  readonly firstLetter: 'upper' | 'lower';
}

const conventionalSubject = /^[a-z]+(\([^)]+\))?!?: \S/;
const ticketSubject = /^\[?[A-Z][A-Z\d]+-\d+\]?[:\s]/;

/** The style most of these subjects have. */
export function logStyle(subjects: readonly string[]): LogStyle {
  const most = (test: (subject: string) => boolean) =>
    subjects.length > 0 && subjects.filter(test).length * 2 > subjects.length;
  const conventional = most((subject) => conventionalSubject.test(subject));
  const words = subjects.map((subject) => subject.replace(/^[^:]{1,30}: /, ''));
  const upper = words.filter((text) => /^\p{Lu}/u.test(text)).length;
  return {
    conventional,
    tickets: most((subject) => ticketSubject.test(subject)),
    firstLetter: conventional
      ? upper * 2 > words.length
        ? 'upper'
        : 'lower'
      : upper * 2 >= words.length
        ? 'upper'
        : 'lower',
  };
}

/** The style in words for the model. */
export function describeStyle({ conventional, tickets, firstLetter }: LogStyle): string {
  return [
    ...(conventional
      ? ['The subjects are conventional commits: a type, perhaps a scope in brackets, a colon.']
      : []),
    ...(tickets
      ? [
          'The subjects begin with the key of a ticket: begin with one only where the person named it.',
        ]
      : []),
    `The text of a subject begins with ${firstLetter === 'upper' ? 'a capital' : 'a small'} letter.`,
  ].join(' ');
}

/** A message that names the files, for where no model writes one. */
export function plainMessage(
  changes: readonly Pick<FileChangeSummary, 'path' | 'kind'>[],
  subjects: readonly string[] = [],
): string {
  const kinds = new Set(changes.map(({ kind }) => kind));
  const [kind] = kinds;
  const verb = kinds.size === 1 && kind ? verbs[kind] : 'Update';
  const names = changes.map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
  const subject = `${verb} ${listed(names)}`;
  const style = logStyle(subjects);
  const text =
    style.firstLetter === 'lower' ? subject[0]?.toLowerCase() + subject.slice(1) : subject;
  return style.conventional ? `chore: ${text}` : text;
}

const verbs = { add: 'Add', delete: 'Delete', update: 'Update' } as const;

function listed(names: readonly string[]): string {
  const [first = 'files', second] = names;
  if (names.length > 2) return `${names.length} files`;
  return second === undefined ? first : `${first} and ${second}`;
}

/** Characters of diffs that a request for words holds; what is beyond is named with its counts only. */
const maxDiffs = 24_000;

/** Changes as the model reads them: diffs whose lines are numbered as in the new version of the file. */
export function changesText(changes: readonly FileChangeSummary[]): string {
  let room = maxDiffs;
  return changes
    .map(({ path, kind, diff, added, removed }) => {
      const head = `${kind} ${path} (+${added} -${removed})`;
      const lines = numbered(diff);
      room -= lines.length;
      return room < 0 ? `${head}: too long to be shown here` : `${head}\n${lines}`;
    })
    .join('\n\n');
}

function numbered(diff: string): string {
  let line = 0;
  return diff
    .split('\n')
    .map((text) => {
      const hunk = /^@@ -\S+ \+(\d+)/.exec(text);
      if (hunk) line = Number(hunk[1]) - 1;
      if (hunk || text === '' || text.startsWith('\\')) return text;
      if (!text.startsWith('-')) line += 1;
      return `${text.startsWith('-') ? '' : line}\t${text}`;
    })
    .join('\n');
}

/** Takes the line out of every citation of a changed file (`path:line`) that names a line the diff does not show. */
export function checkCitations(text: string, changes: readonly FileChangeSummary[]): string {
  const shown = new Map(changes.map(({ path, diff }) => [path, diffHunks(diff, 'new')]));
  return text.replace(/([\w@./+-]+):(\d+)(?:[-–]\d+)?/g, (whole, path: string, digits: string) => {
    const hunks = shown.get(path);
    if (!hunks) return whole;
    const line = Number(digits);
    const known = hunks.some(({ shown: { start, end } }) => start <= line && line <= end);
    return known ? whole : path;
  });
}
