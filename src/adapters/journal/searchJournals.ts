import { createReadStream } from 'node:fs';
import type { FoundThread } from '../../ports/threadStore';
import type { ThreadEvent } from '../../protocol/events';
import type { ThreadId } from '../../protocol/ids';

/** A journal to look through. */
export interface SearchableJournal {
  readonly id: ThreadId;
  readonly title: string;
  readonly path: string;
}

/** What a search reads and answers at most: a person looks at the first few results. */
const limits = { threads: 50, bytesPerJournal: 32 * 1024 * 1024, excerpt: 120 };

const sliceBytes = 256 * 1024;
const checksumCharacters = 9;

/**
 * The journals that hold all words of a query in their title, messages and commands. Only lines that hold one of the
 * words are parsed; files are read a slice at a time, so other work goes on in between.
 */
export async function searchJournals(
  query: string,
  journals: readonly SearchableJournal[],
  signal: AbortSignal,
): Promise<readonly FoundThread[]> {
  const words = [...new Set(query.toLowerCase().split(/\s+/).filter(Boolean))];
  const found: FoundThread[] = [];
  if (words.length === 0) return found;
  for (const journal of journals) {
    if (signal.aborted || found.length === limits.threads) break;
    const match = await searchJournal(journal, words, signal);
    if (match) found.push(match);
  }
  return found;
}

async function searchJournal(
  { id, title, path }: SearchableJournal,
  words: readonly string[],
  signal: AbortSignal,
): Promise<FoundThread | undefined> {
  const open = new Set(words.filter((word) => !title.toLowerCase().includes(word)));
  if (open.size === 0) return { id };
  let excerpt: string | undefined;
  for await (const line of readLines(path, signal)) {
    const lower = line.toLowerCase();
    if (![...open].some((word) => lower.includes(inJson(word)))) continue;
    const text = searchableText(line);
    for (const word of [...open]) {
      const at = text.toLowerCase().indexOf(word);
      if (at < 0) continue;
      open.delete(word);
      excerpt ??= excerptAround(text, at);
    }
    if (open.size === 0) return excerpt === undefined ? { id } : { id, excerpt };
  }
  return undefined;
}

/** The lines of a file up to the limit; a file that cannot be read has none. */
async function* readLines(path: string, signal: AbortSignal): AsyncGenerator<string> {
  const options = {
    encoding: 'utf8',
    highWaterMark: sliceBytes,
    end: limits.bytesPerJournal,
    signal,
  } as const;
  try {
    let rest = '';
    for await (const slice of createReadStream(path, options)) {
      const lines = (rest + String(slice)).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch {
    // It was deleted meanwhile, may not be read, or nobody waits for the answer any more.
  }
}

/** A word as it stands in a line of JSON. */
function inJson(word: string): string {
  return JSON.stringify(word).slice(1, -1);
}

/** What a person would look for in a record: the text of a message or a command; empty for everything else. */
function searchableText(line: string): string {
  let event: ThreadEvent;
  try {
    event = JSON.parse(line.slice(checksumCharacters)) as ThreadEvent;
  } catch {
    return '';
  }
  if (event.type !== 'item.completed') return '';
  switch (event.item.type) {
    case 'userMessage':
      return event.item.input.text;
    case 'agentMessage':
    case 'proposedPlan':
      return event.item.text;
    case 'commandExecution':
      return event.item.command;
    default:
      return '';
  }
}

/** One line of text with the word somewhere in its first half. */
function excerptAround(text: string, at: number): string {
  const start = Math.max(0, at - limits.excerpt / 3);
  const cut = text
    .slice(start, start + limits.excerpt)
    .replace(/\s+/g, ' ')
    .trim();
  return `${start > 0 ? '…' : ''}${cut}${start + limits.excerpt < text.length ? '…' : ''}`;
}
