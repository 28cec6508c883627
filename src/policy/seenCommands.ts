import { forEachChild, parse, type Command, type SyntaxNode, type Word } from 'unbash';
import { isShell, isWrapper } from './programKinds';
import { maxLength, whyTooLarge } from './shellText';

/** A word whose text is known before it runs, or undefined where the shell makes it up. */
export type SeenWord = string | undefined;

/** A command anywhere in a line: in loops, functions, substitutions, heredocs of shells, arguments of wrappers. */
export interface SeenCommand {
  readonly words: readonly SeenWord[];
  /** Where its output is written, as far as known. */
  readonly targets: readonly string[];
  /** True where a wrapper (`sudo`, `xargs`) starts it, maybe with more arguments than can be seen. */
  readonly wrapped: boolean;
}

/** Text in text in text: deeper than this nobody writes honestly. */
const maxLevels = 5;
/** Counted over all levels. */
const maxSeen = 500;
/** Words of one wrapper that are tried as the beginning of a command. */
const maxWrapped = 100;

/**
 * Every command of a line that can be seen from its text, however deep it stands. Undefined where the line cannot be
 * parsed wholly, so that some may be missing.
 */
export function seenCommands(line: string): readonly SeenCommand[] | undefined {
  const found: SeenCommand[] = [];
  return collect(line, found, maxLevels) ? found : undefined;
}

/** False where some commands may be missing. */
function collect(text: string, found: SeenCommand[], levels: number): boolean {
  if (levels === 0 || text.length > maxLength || whyTooLarge(text) !== undefined) return false;
  try {
    return visit(parse(text), found, levels);
  } catch {
    // why: the parser is young; what it stumbles over is searched as text instead.
    return false;
  }
}

function visit(node: SyntaxNode, found: SeenCommand[], levels: number): boolean {
  if (found.length > maxSeen) return false;
  let whole = node.type !== 'Script' || !node.errors?.length;
  if (node.type === 'Command') whole = see(node, found, levels) && whole;
  forEachChild(node, (child) => {
    whole = visit(child, found, levels) && whole;
  });
  return whole;
}

function see(command: Command, found: SeenCommand[], levels: number): boolean {
  const { name, args, redirects } = command;
  if (!name) return true;
  const words = [name, ...args].map((word) => (word.type === 'Word' ? knownText(word) : word.text));
  const targets = redirects.flatMap((redirect) => {
    if (redirect.type !== 'Redirect' || !redirect.operator.includes('>')) return [];
    return redirect.target ? [redirect.target.value] : [];
  });
  found.push({ words, targets, wrapped: false });
  const [program] = words;
  if (program === undefined || !(isShell(program) || isWrapper(program))) return true;
  return seeInside(words.slice(1), redirects.map(bodyText), found, levels);
}

/** What a shell or a wrapper is told to run: each word may begin a command, and text with blanks may be a script. */
function seeInside(
  words: readonly SeenWord[],
  bodies: readonly (string | undefined)[],
  found: SeenCommand[],
  levels: number,
): boolean {
  if (words.length > maxWrapped) return false;
  words.forEach((word, index) => {
    if (word === undefined || word.startsWith('-')) return;
    found.push({ words: words.slice(index), targets: [], wrapped: true });
  });
  const scripts = [...words, ...bodies].filter((text) => text !== undefined && /\s/.test(text));
  return scripts.every((script) => collect(script!, found, levels - 1));
}

function bodyText(redirect: Command['redirects'][number]): string | undefined {
  if (redirect.type === 'HereDoc') return redirect.body.text;
  return redirect.type === 'HereString' ? redirect.target?.value : undefined;
}

/** Globs stay as they are written; what expands otherwise is not known. */
function knownText(word: Word): SeenWord {
  const known = (word.parts ?? []).every((part) => {
    if (part.type === 'DoubleQuoted') return part.parts.every(({ type }) => type === 'Literal');
    return ['Literal', 'SingleQuoted', 'AnsiCQuoted', 'Glob'].includes(part.type);
  });
  return known ? word.value : undefined;
}
