/** More words of one are not looked at. */
const maxWords = 64;

/**
 * The words that a shell makes of one with braces: `-r{f,}` becomes `-rf` and `-r`. Undefined where the text does not
 * tell: ranges, quotes and expansions in it, or too many.
 */
export function wordsOfBraces(text: string): readonly string[] | undefined {
  if (!/^[\w.,/{}+=:@%-]*$/.test(text)) return undefined;
  const words = expand(text);
  return words?.filter((word) => word !== '');
}

/** True where a word that cannot be told may become an option. */
export function mayBecomeOption(text: string): boolean {
  return /(^|[{,])['"\\]*-/.test(text);
}

function expand(text: string): readonly string[] | undefined {
  const start = text.indexOf('{');
  if (start < 0) return text.includes('}') ? undefined : [text];
  const found = choicesAt(text, start);
  if (!found || found.choices.length < 2) return undefined;
  const words: string[] = [];
  for (const choice of found.choices) {
    const more = expand(text.slice(0, start) + choice + text.slice(found.end));
    if (!more || words.length + more.length > maxWords) return undefined;
    words.push(...more);
  }
  return words;
}

/** What stands between the commas of the brace at a place, and where it ends; undefined where it does not. */
function choicesAt(
  text: string,
  start: number,
): { readonly choices: readonly string[]; readonly end: number } | undefined {
  const choices: string[] = [];
  let depth = 0;
  let from = start + 1;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    const ends = depth === 0;
    if (!ends && !(depth === 1 && character === ',')) continue;
    choices.push(text.slice(from, at));
    if (ends) return { choices, end: at + 1 };
    from = at + 1;
  }
  return undefined;
}
