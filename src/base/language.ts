import * as l10n from '@vscode/l10n';

/** Texts by their English ones, as VS Code hands them out. */
type Texts = Readonly<Record<string, string>>;

let spoken: Texts = {};
let language = 'en';

/** A sentence that is put into words each time it is said, in the language that is spoken then. */
export type Sentence = () => string;

/** From now on people are told things in this language, named as in `de`; in English where nothing was said. */
export function speak(name: string, texts: Texts): void {
  spoken = texts;
  language = name;
  l10n.config({ contents: texts });
}

/** A number as people write it in their language: `1,240`. */
export function formatNumber(number: number): string {
  return number.toLocaleString(language);
}

/**
 * What `say` answers in English, for the model and for what is recorded. It must not wait for anything: meanwhile
 * nobody would be told anything in their language.
 */
export function inEnglish<Value>(say: () => Value): Value {
  l10n.config({ contents: {} });
  try {
    return say();
  } finally {
    l10n.config({ contents: spoken });
  }
}
