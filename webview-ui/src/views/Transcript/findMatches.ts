import type { Item } from '../../../../src/protocol/items';
import type { TranscriptEntry } from '../../../../src/protocol/threadState';
import { plainOf } from '../../components/terminalText';
import { diffMemory, itemMemory, wholeMemory, workMemory } from './openWork';
import type { TranscriptRow } from './transcriptRows';

/** A place where the words stand. */
export interface FindMatch {
  readonly rowKey: string;
  /** The item of the row; it may be folded away. */
  readonly itemId: string;
  /** Which of the places in this item, from 0. */
  readonly place: number;
  /** Names under which the transcript remembers what must stand open to see it. */
  readonly opens: readonly string[];
}

/** Nobody walks through more. */
export const mostMatches = 10_000;

/** All places where the words stand in what people read of a thread, whatever the case of the letters. */
export function findMatches(rows: readonly TranscriptRow[], words: string): readonly FindMatch[] {
  const wanted = words.toLowerCase();
  const matches: FindMatch[] = [];
  if (wanted === '') return matches;
  for (const row of rows) {
    if (row.kind === 'end') continue;
    const folds = row.block.kind === 'work' ? [workMemory(row.block.items)] : [];
    for (const entry of row.block.items) {
      const text = lowerTextOf(entry);
      let place = 0;
      for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
        const opens = [...folds, ...opensOf(entry)];
        matches.push({ rowKey: row.key, itemId: entry.id, place, opens });
        place += 1;
        if (matches.length === mostMatches) return matches;
      }
    }
  }
  return matches;
}

/** What else must stand open for all the text of an entry to be drawn. */
function opensOf(entry: TranscriptEntry): readonly string[] {
  switch (entry.type) {
    case 'fileChange':
      return [
        wholeMemory(entry.id),
        ...entry.changes.map(({ path }) => diffMemory(entry.id, path)),
      ];
    case 'commandExecution':
      return [wholeMemory(entry.id)];
    case 'toolCall':
      return [itemMemory(entry.id), wholeMemory(entry.id)];
    case 'reasoning':
    case 'compaction':
    case 'review':
      return [itemMemory(entry.id)];
    default:
      return [];
  }
}

const known = new WeakMap<TranscriptEntry, string>();

function lowerTextOf(entry: TranscriptEntry): string {
  let text = known.get(entry);
  if (text === undefined) {
    text = (entry.type === 'notice' ? entry.text : textOf(entry)).toLowerCase();
    known.set(entry, text);
  }
  return text;
}

/** What is drawn of an item, in its order. */
function textOf(item: Item): string {
  switch (item.type) {
    case 'userMessage':
      return item.input.text;
    case 'agentMessage':
    case 'reasoning':
    case 'proposedPlan':
      return wordsOf(item.text);
    case 'compaction':
      return wordsOf(item.summary);
    case 'commandExecution':
      return `${item.command}\n${outputOf(item.output)}`;
    case 'toolCall':
      return `${item.title}\n${outputOf(item.output)}`;
    case 'fileChange':
      return item.changes.map(({ path, diff }) => `${path}\n${linesOf(diff)}`).join('\n');
    case 'question':
      return item.questions
        .map(({ id, question }) => `${question}\n${item.answers?.[id] ?? ''}`)
        .join('\n');
    case 'review':
      return [wordsOf(item.explanation), ...item.findings.map(({ title }) => title)].join('\n');
  }
}

/** Markdown without what is not drawn of it: targets of links, stars and backticks. */
function wordsOf(markdown: string): string {
  return markdown.replace(/\[([^\][]*)\]\([^)\s]*\)/g, '$1').replace(/\*\*|`+/g, '');
}

/** Most output has nothing that a terminal would obey, and is what it is. */
function outputOf(raw: string): string {
  return /[\x00-\x08\x0b-\x1f\x7f-\x9f]/.test(raw.replaceAll('\r\n', '\n')) ? plainOf(raw) : raw;
}

/** A diff's lines as they are drawn, without its headers. */
function linesOf(diff: string): string {
  return diff
    .split('\n')
    .filter((line) => /^[ +-]/.test(line))
    .map((line) => line.slice(1))
    .join('\n');
}
