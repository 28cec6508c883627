import * as l10n from '@vscode/l10n';
import { parse, type Command, type PipelineNode, type Redirection, type Word } from 'unbash';
import { oddCharacters } from './characterGate';
import { maxCommands, maxWordsInLine, whyTooLarge } from './shellText';

/** One command of a line, its words as the shell hands them to the program. */
export interface PlainCommand {
  readonly words: readonly string[];
  /** What stands between it and the command before it; absent for the first. A line feed counts as `;`. */
  readonly after?: Joint;
}

export type Joint = '&&' | '||' | ';' | '|';

/** A line that is nothing but plain commands, or why it is not, as a phrase for people. */
export type PlainLine =
  | { readonly kind: 'plain'; readonly commands: readonly PlainCommand[] }
  | { readonly kind: 'opaque'; readonly reason: string };

/**
 * Reads a line of plain commands joined by `&&`, `||`, `;`, `|` or line feeds. Only literal words count: no expansion,
 * substitution, glob, escape, assignment, comment, background, and no redirection but `2>&1` and to `/dev/null`.
 */
export function plainCommands(line: string): PlainLine {
  const tooLarge = whyTooLarge(line);
  if (tooLarge !== undefined) return opaque(tooLarge);
  const odd = oddCharacters(line);
  if (odd.length > 0) return opaque(l10n.t('holds odd characters: {0}', odd.join(', ')));
  try {
    return readScript(line);
  } catch (error) {
    if (error instanceof Opaque) return opaque(error.message);
    // why: the parser is young; whatever it stumbles over is not understood.
    return opaque(l10n.t('cannot be understood'));
  }
}

/** Thrown where a part of a line is more than plain; the message is a phrase for people. */
class Opaque extends Error {}

function opaque(reason: string): PlainLine {
  return { kind: 'opaque', reason };
}

function readScript(line: string): PlainLine {
  const script = parse(line);
  if (script.errors?.length) throw new Opaque(l10n.t('is not complete shell'));
  const found = script.commands.flatMap((statement) => {
    if (statement.background) throw new Opaque(l10n.t('goes on in the background (&)'));
    const { command } = statement;
    return (command.type === 'AndOr' ? command.commands : [command]).flatMap(simpleCommands);
  });
  if (found.length === 0) throw new Opaque(l10n.t('holds no command'));
  if (found.length > maxCommands) {
    throw new Opaque(l10n.t('holds more than {0} commands', maxCommands));
  }
  const words = found.reduce((sum, { suffix }) => sum + suffix.length, 0);
  if (words > maxWordsInLine) {
    throw new Opaque(l10n.t('holds more than {0} words', maxWordsInLine));
  }
  return { kind: 'plain', commands: joined(line, found) };
}

function simpleCommands(node: PipelineNode): readonly Command[] {
  if (node.type === 'Command') return [node];
  if (node.type !== 'Pipeline') {
    throw new Opaque(l10n.t('is a script of its own (loops, functions, groups)'));
  }
  if (node.prefixes.length > 0) throw new Opaque(l10n.t('times or negates a command'));
  if (node.operators.some((operator) => operator !== '|')) {
    throw new Opaque(l10n.t('joins errors by |&'));
  }
  return node.commands.flatMap(simpleCommands);
}

/**
 * Puts words and joints together. What stands between the words is looked at too: a parser that overlooked something
 * would leave it there.
 */
function joined(line: string, commands: readonly Command[]): PlainCommand[] {
  let end = 0;
  const result = commands.map((command, index): PlainCommand => {
    const { name, prefix, suffix } = command;
    if (!name || prefix.length > 0) {
      throw new Opaque(l10n.t('sets variables or redirects before a program'));
    }
    const gap = /^ *(&&|\|\||\||;|\n)[ \n]*$/.exec(line.slice(end, command.pos))?.[1];
    if (index === 0 ? line.slice(0, command.pos).trim() !== '' : gap === undefined) {
      throw new Opaque(l10n.t('cannot be understood'));
    }
    const words = [readWord(name)];
    if (!/^\w[\w.-]*$/.test(words[0]!)) {
      throw new Opaque(l10n.t('names its program in an odd way'));
    }
    end = name.end;
    for (const part of suffix) {
      if (!/^ *$/.test(line.slice(end, part.pos))) {
        throw new Opaque(l10n.t('cannot be understood'));
      }
      if (part.type === 'Word')
        words.push(words[0] === 'git' ? readRevision(part) : readWord(part));
      else if (part.type === 'Assignment') throw new Opaque(l10n.t('sets variables'));
      else checkRedirection(part);
      end = part.end;
    }
    if (index === 0) return { words };
    return { words, after: gap === '\n' ? ';' : (gap as Joint) };
  });
  if (line.slice(end).trim() !== '') throw new Opaque(l10n.t('ends with more than a command'));
  return result;
}

/** Errors to the output, and output to nowhere, harm nothing; every other redirection may write or read a file. */
function checkRedirection(part: Redirection): void {
  const toNowhere =
    part.type === 'Redirect' &&
    (part.operator === '>' || part.operator === '>>') &&
    part.target?.text === '/dev/null';
  const errorsToOutput =
    part.type === 'Redirect' && part.operator === '>&' && part.target?.text === '1';
  const { descriptor } = part;
  const named = descriptor !== undefined && descriptor.type !== 'FileDescriptor';
  const usual = descriptor === undefined || (!named && [1, 2].includes(descriptor.value));
  if ((!toNowhere && !errorsToOutput) || named || !usual) {
    throw new Opaque(l10n.t('redirects to or from a file'));
  }
}

/** Bare words of these mean themselves in every shell; `=` first is a program's path in zsh. */
const bare = /^(?!=)[\w\-./,:=@%+]+$/;
/** Signs of `find` that stand alone, and mean themselves in every shell like this. */
const loneSign = /^(\\[()!]|!)$/;

/**
 * A word of git, such as `HEAD~1` or `main^2..x`. Behind a letter or a digit nothing takes these signs for more, save
 * patterns of zsh that must be switched on; those become names of files here, which git may read.
 */
function readRevision(word: Word): string {
  const { text, value, parts = [] } = word;
  const base = text.replace(/(?<=\w)([~^]\d*)+/g, '');
  return parts.length === 0 && value === text && bare.test(base) ? text : readWord(word);
}

/** The text of a word whose pieces all mean themselves. */
function readWord(word: Word): string {
  const parts = word.parts ?? [];
  if (parts.length === 0) {
    if (loneSign.test(word.text)) return word.text.slice(-1);
    if (word.value !== word.text || !bare.test(word.text)) throw new Opaque(oddWord(word.text));
    return word.text;
  }
  return parts
    .map((part, index) => {
      if (part.type === 'SingleQuoted') return part.value;
      if (part.type === 'Literal' && part.text === part.value) {
        if (bare.test(index === 0 ? part.text : `x${part.text}`)) return part.text;
      }
      if (part.type === 'DoubleQuoted' && isLiteralText(part.text)) {
        return part.text.slice(1, -1).replaceAll('\\\\', '\\');
      }
      throw new Opaque(oddWord(part.text));
    })
    .join('');
}

/**
 * Nothing expands: a dollar sign is the last character, and every backslash stands before another one, or before a
 * character that it does not escape.
 */
function isLiteralText(quoted: string): boolean {
  return /^"(?:[^"$`\\!]|\\\\|\\(?=[^"$`\\!\n]))*\$?"$/.test(quoted);
}

function oddWord(text: string): string {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return l10n.t('holds a word that the shell changes: {0}', shown);
}
