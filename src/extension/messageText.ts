import { plainLine } from './pickText';

/**
 * Text for the places where VS Code makes links and icons of what looks like one: notifications, whose links may run
 * commands, what stands at an input box, the names of terminals. Nothing in it is hidden, and all of it stays text.
 */
export function messageText(text: string): string {
  return plainLine(text).replaceAll('](', '] (').replaceAll('$(', '$ (');
}
