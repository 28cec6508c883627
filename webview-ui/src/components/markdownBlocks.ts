/**
 * Splits Markdown at blank lines into parts that can be drawn one by one, so that text that only grows at its end
 * needs only its last part read anew. Fences stay whole, and so do lists and indented parts.
 */
export function splitMarkdown(text: string): readonly string[] {
  const blocks: string[] = [];
  let block: string[] = [];
  let fence: string | undefined;
  let afterBlank = false;

  for (const line of text.split('\n')) {
    const marker = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (afterBlank && fence === undefined && line.trim() !== '' && !continues(block, line)) {
      blocks.push(block.join('\n').trimEnd());
      block = [];
    }
    block.push(line);
    afterBlank = line.trim() === '';
    if (marker === undefined) continue;
    if (fence === undefined) fence = marker;
    else if (marker.startsWith(fence) && line.trim() === marker) fence = undefined;
  }
  const last = block.join('\n').trimEnd();
  if (last !== '') blocks.push(last);
  return blocks.filter((part) => part !== '');
}

const listItem = /^ {0,3}(?:[-*+]|\d{1,9}[.)])\s/;

/** After a blank line a list goes on with its next item, and anything goes on with an indented line. */
function continues(block: readonly string[], line: string): boolean {
  const first = block.find((text) => text.trim() !== '');
  if (first === undefined) return true;
  return /^(?: {2,}|\t)/.test(line) || (listItem.test(first) && listItem.test(line));
}
