import { readFileSync } from 'node:fs';
import { getL10nPseudoLocalized } from '@vscode/l10n-dev';
import type { Locator, Page } from 'playwright-core';
import type { PageLanguage } from './openPage';
import type { PageState } from './states';

/** The English texts by their keys, as `npm run l10n` stores them. */
const bundle = JSON.parse(readFileSync('l10n/bundle.l10n.json', 'utf8')) as Parameters<
  typeof getL10nPseudoLocalized
>[0];

const pseudo = getL10nPseudoLocalized(bundle) as Record<string, string>;

/**
 * A language in which every text is longer, in brackets, and has no letter of the English alphabet. Numbers and dates
 * are Japanese: they have none either.
 */
export const pseudoLanguage: PageLanguage = {
  name: 'ja',
  translations: Object.fromEntries(Object.entries(pseudo).map(([key, text]) => [key, `⟦${text}⟧`])),
};

/** What of a state people, models and programs wrote: all that may be drawn as it is. */
const dataKeys = new Set(
  [
    [
      'text',
      'title',
      'label',
      'subject',
      'prompt',
      'command',
      'path',
      'paths',
      'output',
      'cwd',
      'diff',
    ],
    [
      'message',
      'summary',
      'step',
      'question',
      'header',
      'description',
      'answers',
      'body',
      'explanation',
    ],
    [
      'reasons',
      'reason',
      'justification',
      'grant',
      'host',
      'readable',
      'name',
      'excerpt',
      'error',
      'branch',
    ],
    [
      'notes',
      'caption',
      'live',
      'lines',
      'before',
      'after',
      'added',
      'removed',
      'source',
      'kept',
      'ref',
      'sha',
      'obeyed',
    ],
    ['image', 'folder', 'container', 'sandboxProblem', 'sandboxUnavailable'],
  ].flat(),
);

/** The same state with its data in Japanese letters, one for each English one, so that none is left. */
export function markData<Value>(value: Value, key = ''): Value {
  // Where an attached text comes from is a word of the protocol.
  if (key === 'source' && /^(?:folder|problems|terminal|diff|paste|drop)$/.test(String(value))) {
    return value;
  }
  if (typeof value === 'string') return (dataKeys.has(key) ? inKana(value) : value) as Value;
  if (Array.isArray(value)) return value.map((each: unknown) => markData(each, key)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      // The answers to a question stand under the ids of its parts.
      markData<unknown>(each, key === 'answers' ? key : name),
    ]),
  ) as Value;
}

function inKana(text: string): string {
  return text.replace(/[A-Za-z]/g, (letter) => {
    const place = letter.toLowerCase().charCodeAt(0) - 97;
    return String.fromCharCode((letter < 'a' ? 0x30a2 : 0x3042) + place);
  });
}

/** A state as the pseudo language's page gets it. */
export function inPseudoLanguage(state: PageState): PageState {
  const { answers, ...rest } = state;
  return { ...markData(rest), ...(answers && { answers: markSearched(markData(answers)) }) };
}

/** What was searched for is part of an answer's name, as `typed` types it. */
function markSearched<Answer>(answers: Readonly<Record<string, Answer>>) {
  return Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => [
      name.replace(
        /^(mention\/search )(.*)$/,
        (_, request: string, query: string) => request + inKana(query),
      ),
      answer,
    ]),
  );
}

/** A script of a scene with the paths and names it attaches as data. */
function markAttached(script: unknown): unknown {
  if (typeof script !== 'string') return script;
  return script.replace(
    /"(path|name)":"([^"]*)"/g,
    (_, key: string, value: string) => `"${key}":"${inKana(value)}"`,
  );
}

/** Commands, and what says where to search, are typed alike in every language. */
function typed(text: string): string {
  if (text.startsWith('/')) return text;
  return text.replace(/@(?:file|folder|symbol):|[A-Za-z]+/g, (part) =>
    part.startsWith('@') ? part : inKana(part),
  );
}

/** A page or a part of it in which elements are found by what they are called in English. */
export function foundInEnglish<Place extends Page | Locator>(place: Place): Place {
  return new Proxy(place, {
    get(target, property) {
      const member: unknown = Reflect.get(target, property);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        if (property === 'evaluate') args[0] = markAttached(args[0]);
        if (property === 'pressSequentially') args[0] = typed(args[0] as string);
        if (property === 'fill') args[0] = inKana(args[0] as string);
        if (property === 'getByRole') args[1] = translate(args[1] as { name?: string | RegExp });
        const result: unknown = (member as (...given: unknown[]) => unknown).apply(target, args);
        return isLocator(result) ? foundInEnglish(result) : result;
      };
    },
  });
}

function isLocator(value: unknown): value is Locator {
  return typeof value === 'object' && value !== null && 'getByRole' in value;
}

function translate(options: { name?: string | RegExp } | undefined) {
  const name = options?.name;
  if (name === undefined) return options;
  if (typeof name === 'string') return { ...options, name: say(name) };
  const source = name.source.replace(/^\^/, '');
  const texts = [pseudo[source] ?? beginning(source), inKana(source)];
  const text = texts.filter((each) => each !== undefined).join('|');
  return { ...options, name: new RegExp(text.replace(/[{}()?.]/g, '\\$&')) };
}

/** How a text begins in the pseudo language that begins so in English, before its first place. */
function beginning(english: string): string | undefined {
  const key = Object.keys(pseudo).find((each) => each.startsWith(`${english} {0}`));
  return key && pseudo[key]?.split(' {0}')[0];
}

/** What an English text is in the pseudo language; data where it is none of the bundle. */
function say(text: string): string {
  const { translations } = pseudoLanguage;
  if (translations[text] !== undefined) return translations[text];
  for (const [key, translated] of Object.entries(translations)) {
    if (!/[A-Za-z]/.test(key.replace(/\{\d\}/g, '')) || !key.includes('{0}')) continue;
    const pattern = key.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\d\}/g, '(.+)');
    const found = new RegExp(`^${pattern}$`).exec(text);
    if (!found) continue;
    return translated.replace(/\{(\d)\}/g, (_, place) => inKana(found[Number(place) + 1] ?? ''));
  }
  return inKana(text);
}
