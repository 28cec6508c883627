/** A shell line no longer than this is looked at; anything longer asks. */
const maxLength = 8_192;
const maxCommands = 50;

/**
 * The argument lists of a line that is nothing but plain commands joined by `&&`, `||`, `;` or `|`; undefined for
 * everything else. Only literal words count: no expansion, substitution, glob, redirection (but `2>&1` and to
 * `/dev/null`), background, assignment or comment. Whatever is not understood is not plain, and so asks.
 */
export function plainCommands(line: string): string[][] | undefined {
  if (line.length > maxLength || !isPrintable(line)) return undefined;
  const tokens = tokenize(line);
  if (!tokens) return undefined;
  const commands: string[][] = [];
  let current: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'word') {
      current.push(token.text);
    } else if (token.kind === 'operator') {
      if (current.length === 0) return undefined;
      commands.push(current);
      current = [];
    }
  }
  if (current.length > 0) commands.push(current);
  else if (tokens[tokens.length - 1]?.kind === 'operator') return undefined;
  const plain = commands.length > 0 && commands.length <= maxCommands;
  return plain && commands.every(startsWithProgram) ? commands : undefined;
}

/** Printable ASCII and blanks; inside quotes letters of any language are fine, controls and odd spaces never. */
function isPrintable(line: string): boolean {
  return !/[^\x20-\x7e\p{L}\p{N}]/u.test(line);
}

type Token = { kind: 'word'; text: string } | { kind: 'operator' } | { kind: 'redirection' };

function tokenize(line: string): Token[] | undefined {
  const tokens: Token[] = [];
  let rest = line;
  while ((rest = rest.replace(/^ +/, '')) !== '') {
    const operator = /^(&&|\|\||\||;)(?![&|;])/.exec(rest);
    const harmless = /^(2>&1|2> ?\/dev\/null|> ?\/dev\/null)(?=[ ;|&]|$)/.exec(rest);
    if (harmless) {
      tokens.push({ kind: 'redirection' });
      rest = rest.slice(harmless[0].length);
    } else if (operator) {
      tokens.push({ kind: 'operator' });
      rest = rest.slice(operator[0].length);
    } else {
      const word = readWord(rest);
      if (!word) return undefined;
      tokens.push({ kind: 'word', text: word.text });
      rest = rest.slice(word.length);
    }
  }
  return tokens;
}

/** A word of bare, single-quoted and double-quoted pieces; undefined where a piece is more than literal text. */
function readWord(rest: string): { text: string; length: number } | undefined {
  let text = '';
  let length = 0;
  for (;;) {
    const piece = /^(?:[\w\-./,:=@%+]+|'[^']*'|"[^"$`\\!]*")/.exec(rest.slice(length))?.[0];
    if (piece === undefined) break;
    text += /^['"]/.test(piece) ? piece.slice(1, -1) : piece;
    length += piece.length;
  }
  const next = rest[length];
  const ended = next === undefined || next === ' ' || next === ';' || next === '|' || next === '&';
  return length > 0 && ended ? { text, length } : undefined;
}

/** The first word names a program: no assignment, no option, no empty word. */
function startsWithProgram(command: readonly string[]): boolean {
  return /^[\w][\w.-]*$/.test(command[0] ?? '');
}
