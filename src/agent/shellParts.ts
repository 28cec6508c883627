/** One simple command of a shell line, and whether its own exit code is the line's. */
export interface ShellPart {
  readonly words: readonly string[];
  /** The line can only exit 0 if this part did. */
  readonly decides: boolean;
}

/** Longer lines are programs of their own. */
const maxParts = 100;

interface Stage {
  readonly words: string[];
  /** What stands after it. */
  readonly operator: string;
}

const token =
  /(?<blank>[ \t\r]+|\\\n|#[^\n]*)|(?<redirection>\d*(?:&>>?|>>?|<)(?:&\d|[ \t]*[^\s;|&<>()]+))|(?<operator>&&|\|\||\|&?|;|&|\n)|(?<word>(?:[^\s'"\\;|&<>()`]|\\.|'[^']*'|"(?:[^"\\]|\\[^])*")+)/y;

/**
 * Takes a shell line apart into its simple commands. Undefined for lines with heredocs, substitutions, loops and the
 * like: what they prove cannot be told from their text. Nothing is allowed or denied by this; see `policy` for that.
 */
export function shellParts(line: string): readonly ShellPart[] | undefined {
  const stages = readStages(line.trim().replace(/^\(([^()]*)\)$/, '$1'));
  if (!stages) return undefined;
  const strict = stages.some(({ words }) => words[0] === 'set' && /^-\w*e/.test(words[1] ?? ''));
  const pipefail = stages.some(
    ({ words }) => words[0] === 'set' && words[words.length - 1] === 'pipefail',
  );
  return stages.map(({ words }, index) => ({
    words,
    decides: stages.slice(index).every((later, offset) => {
      const isLast = index + offset === stages.length - 1;
      if (isLast || later.operator === '&&') return later.operator !== '&';
      if (later.operator === '|' || later.operator === '|&') return pipefail;
      return (later.operator === ';' || later.operator === '\n') && strict;
    }),
  }));
}

const keywords = new Set(['if', 'for', 'while', 'until', 'case', 'function', '{', '!', 'eval']);

function readStages(line: string): Stage[] | undefined {
  const stages: Stage[] = [];
  let words: string[] = [];
  const close = (operator: string) => {
    if (words.length > 0) stages.push({ words, operator });
    words = [];
  };
  token.lastIndex = 0;
  while (token.lastIndex < line.length) {
    const groups = token.exec(line)?.groups;
    if (!groups) return undefined;
    const { operator, word } = groups;
    if (operator !== undefined) close(operator);
    if (word !== undefined) words.push(unquote(word));
  }
  close('');
  if (stages.length > maxParts) return undefined;
  return stages.some(({ words: [first = ''] }) => keywords.has(first)) ? undefined : stages;
}

function unquote(word: string): string {
  return word.replace(/'([^']*)'|"((?:[^"\\]|\\[^])*)"/g, (_, single?: string, double?: string) =>
    single === undefined ? (double ?? '').replace(/\\(["\\$`])/g, '$1') : single,
  );
}
