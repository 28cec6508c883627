import { forEachChild, parse, type Command, type SyntaxNode, type Word } from 'unbash';
import { mayBecomeOption, wordsOfBraces } from './braceWords';
import { isShell, isWrapper } from './programKinds';
import type { SeenWord } from './seenWord';
import { maxLength, whyTooLarge } from './shellText';
import { placeOfScript, readsItsProgram, startsUnknown } from './unclearPrograms';

/** A command anywhere in a line: in loops, functions, substitutions, heredocs of shells, arguments of wrappers. */
export interface SeenCommand {
  readonly words: readonly SeenWord[];
  /** Where its output is written, as far as known. */
  readonly targets: readonly string[];
  /** Files that its input comes from, as far as known. */
  readonly sources: readonly string[];
  /** True where a pipe leads into it. */
  readonly fed: boolean;
  /** True where a wrapper (`sudo`, `xargs`) starts it, maybe with more arguments than can be seen. */
  readonly wrapped: boolean;
  /** True where nobody can tell what runs: the shell makes up the program, or a pipe feeds it to a shell. */
  readonly unclear: boolean;
}

/** What is known of a command of which only the words are. */
export const bareCommand = { targets: [], sources: [], fed: false, unclear: false } as const;

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

/** @param fed true where a pipe leads into it. */
function visit(node: SyntaxNode, found: SeenCommand[], levels: number, fed = false): boolean {
  if (found.length > maxSeen) return false;
  let whole = node.type !== 'Script' || !node.errors?.length;
  if (node.type === 'Command') whole = see(node, found, levels, fed) && whole;
  let isFirst = true;
  forEachChild(node, (child) => {
    whole = visit(child, found, levels, fed || (node.type === 'Pipeline' && !isFirst)) && whole;
    isFirst = false;
  });
  return whole;
}

function see(command: Command, found: SeenCommand[], levels: number, fed: boolean): boolean {
  const { name, args, redirects } = command;
  if (!name) return true;
  const parts = [
    ...partsOf(name, nameOfProgram),
    ...args.flatMap((word) =>
      word.type === 'Word'
        ? partsOf(word, knownText)
        : { seen: word.text, raw: word.text, odd: false },
    ),
  ];
  const words = parts.map(({ seen }) => seen);
  const named = (sign: RegExp) =>
    redirects.flatMap((redirect) => {
      if (redirect.type !== 'Redirect' || !sign.test(redirect.operator)) return [];
      return redirect.target ? [redirect.target.value] : [];
    });
  const [targets, sources] = [named(/>/), named(/^<(?!<)/)];
  const piped = fed && !redirects.some(({ operator }) => operator.startsWith('<'));
  const unclear =
    startsUnknown(words) || (piped && readsItsProgram(words)) || parts.some(({ odd }) => odd);
  found.push({ words, targets, sources, fed, wrapped: false, unclear });
  const [program] = words;
  if (program === undefined || !(isShell(program) || isWrapper(program))) return true;
  const script = parts[placeOfScript(words) ?? parts.length];
  // What is known of it tells which programs it starts, though not with which words.
  const partly = script?.seen === undefined ? script?.raw : undefined;
  const scripts = [...redirects.map(bodyText), partly].filter((text) => text !== undefined);
  return seeInside(words.slice(1), scripts, found, levels);
}

/** A word as the shell hands it on, which may be several, each with its text in the line, quotes aside. */
interface WordPart {
  readonly seen: SeenWord;
  readonly raw: string;
  /** True where its braces may make an option that nobody sees. */
  readonly odd: boolean;
}

/** What a shell or a wrapper is told to run: each word may begin a command, and text with blanks may be a script. */
function seeInside(
  words: readonly SeenWord[],
  bodies: readonly string[],
  found: SeenCommand[],
  levels: number,
): boolean {
  if (words.length > maxWrapped) return false;
  words.forEach((word, index) => {
    if (word === undefined || word.startsWith('-')) return;
    found.push({ ...bareCommand, words: words.slice(index), wrapped: true });
  });
  const scripts = words.filter((word) => word !== undefined && /\s/.test(word));
  return [...scripts, ...bodies].every((script) => collect(script!, found, levels - 1));
}

function bodyText(redirect: Command['redirects'][number]): string | undefined {
  if (redirect.type === 'HereDoc') return redirect.body.text;
  return redirect.type === 'HereString' ? redirect.target?.value : undefined;
}

function partsOf(word: Word, textOf: (word: Word) => SeenWord): readonly WordPart[] {
  const { text, value: raw } = word;
  const hasBraces = word.parts?.some(({ type }) => type === 'BraceExpansion');
  const made = hasBraces ? wordsOfBraces(text) : undefined;
  if (made) return made.map((seen) => ({ seen, raw: seen, odd: false }));
  return [{ seen: textOf(word), raw, odd: hasBraces === true && mayBecomeOption(text) }];
}

function nameOfProgram(word: Word): SeenWord {
  const last = word.parts?.at(-1);
  const isGlob = word.parts?.some(({ type }) => type === 'Glob');
  const known = isGlob ? undefined : knownText(word);
  if (known !== undefined || last?.type !== 'Literal') return known;
  return last.value.includes('/') ? last.value.slice(last.value.lastIndexOf('/')) : undefined;
}

/** Globs stay as they are written; what expands otherwise is not known. */
function knownText(word: Word): SeenWord {
  const known = (word.parts ?? []).every((part) => {
    if (part.type === 'DoubleQuoted') return part.parts.every(({ type }) => type === 'Literal');
    return ['Literal', 'SingleQuoted', 'AnsiCQuoted', 'Glob'].includes(part.type);
  });
  return known ? word.value : undefined;
}
