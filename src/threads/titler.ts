import type { UserInput } from '../protocol/input';

const longestTitle = 60;

/** A thread's first title: the first line of what the person asked, cut at a word. */
export function titleOf(input: UserInput): string {
  const line = (input.text.trim().split('\n')[0] ?? '').replace(/\s+/g, ' ').trim();
  if (line.length <= longestTitle) return line || 'New thread';
  const cut = line.slice(0, longestTitle);
  const space = cut.lastIndexOf(' ');
  return `${space > longestTitle / 2 ? cut.slice(0, space) : cut}…`;
}
