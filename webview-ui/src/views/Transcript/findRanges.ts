/** All places where the words stand in what is drawn under `root`, also across the bounds of elements. */
export function findRanges(root: Element, words: string): readonly Range[] {
  const wanted = words.toLowerCase();
  if (wanted === '') return [];
  const nodes: { readonly node: Text; readonly start: number }[] = [];
  let text = '';
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { data, parentElement } = node as Text;
    // Words for screen readers alone would be found where nobody sees them.
    if (parentElement?.closest('.visually-hidden, .aside')) continue;
    nodes.push({ node: node as Text, start: text.length });
    text += data;
  }
  const lower = text.toLowerCase();
  // A letter whose small form is longer would shift all places behind it.
  if (lower.length !== text.length) return [];
  const ranges: Range[] = [];
  let index = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + wanted.length)) {
    const range = document.createRange();
    const end = at + wanted.length;
    while ((nodes[index + 1]?.start ?? Infinity) <= at) index += 1;
    let last = index;
    while ((nodes[last + 1]?.start ?? Infinity) < end) last += 1;
    const [from, to] = [nodes[index], nodes[last]];
    if (!from || !to) break;
    range.setStart(from.node, at - from.start);
    range.setEnd(to.node, end - to.start);
    ranges.push(range);
  }
  return ranges;
}
