import { spellOut } from '../protocol/visibleText';

/** Text that others wrote as one line of a list: nothing in it is hidden, and none of it is drawn as an icon. */
export function pickText(text: string): string {
  return plainLine(text).replaceAll('$(', '\\$(');
}

/** Text that others wrote as one line, with nothing hidden, for places that draw neither links nor icons. */
export function plainLine(text: string): string {
  return spellOut(text.replace(/\s+/g, ' ').trim());
}
