import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import go from 'highlight.js/lib/languages/go';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import kotlin from 'highlight.js/lib/languages/kotlin';
import markdown from 'highlight.js/lib/languages/markdown';
import php from 'highlight.js/lib/languages/php';
import python from 'highlight.js/lib/languages/python';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import type { LanguageFn } from 'highlight.js';
import type { CodeLanguage } from './highlightLanguages';
import type { CodeLine, CodeScope, CodeToken } from './highlightTokens';

const grammars: Readonly<Record<CodeLanguage, LanguageFn>> = {
  ...{ bash, c, cpp, csharp, css, diff, dockerfile, go, ini, java, javascript, json, kotlin },
  ...{ markdown, php, python, ruby, rust, sql, typescript, xml, yaml },
};
for (const [name, grammar] of Object.entries(grammars)) hljs.registerLanguage(name, grammar);

/** Lines and characters up to which code gets colours; beyond, reading it would hold the view up. */
const maxLines = 2000;
const maxCharacters = 100_000;

/** The grammar of C# takes the square of the number of words that follow each other, such as those of a text. */
const maxCharactersOfCsharp = 10_000;

/** Lines stay plain that are longer, or have a longer word: grammars take the square of its length or more. */
const maxLineCharacters = 1000;
const longWord = /[\w$]{128}/;

/**
 * The tokens of each line, which together are its text; null where the code is too long. Code may be a part of a
 * file that starts anywhere.
 */
export function highlightCode(
  lines: readonly string[],
  language: CodeLanguage,
): readonly CodeLine[] | null {
  if (lines.length > maxLines) return null;
  const length = lines.reduce((sum, line) => sum + line.length + 1, 0);
  if (length > (language === 'csharp' ? maxCharactersOfCsharp : maxCharacters)) return null;
  const short = lines.map((line) => (isHard(line) ? '' : line)).join('\n');
  const read = startsInComment(short, language)
    ? tokensOf(`/*\n${short}`, language)?.slice(1)
    : tokensOf(short, language);
  return (
    read?.map((tokens, index) => {
      const text = lines[index] ?? '';
      return isHard(text) ? [{ text }] : tokens;
    }) ?? null
  );
}

function isHard(line: string): boolean {
  return line.length > maxLineCharacters || longWord.test(line);
}

const slashStarComments: ReadonlySet<CodeLanguage> = new Set([
  ...(['c', 'cpp', 'csharp', 'css', 'go', 'java', 'javascript'] as const),
  ...(['kotlin', 'php', 'rust', 'sql', 'typescript'] as const),
]);

/** Whether a comment began above: it ends before one starts, or the first line looks like a line of one. */
function startsInComment(code: string, language: CodeLanguage): boolean {
  if (!slashStarComments.has(language)) return false;
  if (/^\s*\*(?:[ /]|$)/m.exec(code)?.index === 0) return true;
  const [end, start] = [code.indexOf('*/'), code.indexOf('/*')];
  // A glob in a string, such as `src/**/x`, has both.
  return end >= 0 && start < 0;
}

function tokensOf(code: string, language: CodeLanguage): readonly CodeLine[] | null {
  // Parts of files break rules that whole files keep.
  const result = hljs.highlight(code, { language, ignoreIllegals: true });
  const { rootNode } = result._emitter as unknown as { rootNode: TokenNode };
  const lines: CodeToken[][] = [[]];
  flatten(rootNode, undefined, lines);
  const read = lines.map((line) => line.map(({ text }) => text).join('')).join('\n');
  return read === code ? lines : null;
}

/** A node of the tree that the library's emitter builds. */
type TokenNode = string | { readonly scope?: string; readonly children: readonly TokenNode[] };

function flatten(node: TokenNode, scope: CodeScope | undefined, lines: CodeToken[][]): void {
  if (typeof node !== 'string') {
    const inner = node.scope === undefined ? scope : scopeOf(node.scope, scope);
    for (const child of node.children) flatten(child, inner, lines);
    return;
  }
  node.split('\n').forEach((text, index) => {
    if (index > 0) lines.push([]);
    if (text === '') return;
    const line = lines.at(-1);
    const last = line?.at(-1);
    if (last && last.scope === scope) line?.splice(-1, 1, { ...last, text: last.text + text });
    else line?.push(scope ? { text, scope } : { text });
  });
}

/** The library's scopes by ours; what is not here looks like what it stands in. */
const scopes: Readonly<Record<string, CodeScope>> = {
  ...scopesOf('keyword', 'keyword literal meta name section selector-tag template-tag'),
  ...scopesOf('string', 'string regexp code link char symbol'),
  ...scopesOf('number', 'number'),
  ...scopesOf('name', 'title type built_in attr attribute property selector-class selector-id'),
  ...scopesOf('comment', 'comment quote'),
  ...scopesOf('added', 'addition'),
  ...scopesOf('removed', 'deletion'),
};

function scopesOf(scope: CodeScope, theirs: string): Record<string, CodeScope> {
  return Object.fromEntries(theirs.split(' ').map((name) => [name, scope]));
}

function scopeOf(theirs: string, outer: CodeScope | undefined): CodeScope | undefined {
  // Code inside a string is code again, and so is code of another language.
  if (theirs === 'subst' || theirs.startsWith('language:')) return undefined;
  if (theirs === 'variable.language') return 'keyword';
  return scopes[theirs] ?? scopes[theirs.split('.', 1)[0] ?? ''] ?? outer;
}
