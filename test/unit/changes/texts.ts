import fc from 'fast-check';

/** Few different lines, all line ends, sometimes no final newline: what diffs stumble over. */
const line = fc
  .tuple(fc.constantFrom('', 'a', 'b', 'c', '}', '\uFEFFx'), fc.constantFrom('\n', '\r\n', '\r'))
  .map((parts) => parts.join(''));

export const anyText = fc
  .tuple(fc.array(line, { maxLength: 25 }), fc.constantFrom('', '', 'end'))
  .map(([lines, last]) => lines.join('') + last);

/** A text and another one made of it by replacing stretches of it. */
export const changedPair = fc.oneof(
  fc.tuple(anyText, anyText),
  fc
    .tuple(anyText, fc.array(fc.tuple(fc.nat(), fc.nat(4), anyText), { maxLength: 4 }))
    .map(([text, edits]): [string, string] => {
      let changed = text;
      for (const [at, count, added] of edits) {
        const start = at % (changed.length + 1);
        changed = changed.slice(0, start) + added.slice(0, 12) + changed.slice(start + count);
      }
      return [text, changed];
    }),
);
