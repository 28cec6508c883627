import { spellOut } from '../protocol/visibleText';

/** Text that others wrote as one line of a list: nothing in it is hidden, and none of it is drawn as an icon. */
export function pickText(text: string): string {
  return spellOut(text.replace(/\s+/g, ' ').trim()).replaceAll('$(', '\\$(');
}
