import { destructionOf } from './destructiveCommands';
import { runsAnything } from './programKinds';

/** Beginnings that one approval may cover, and how many words more belong to them (`npm run build`). */
const usual: readonly (readonly [beginning: string, more: number])[] = [
  ...['npm', 'pnpm', 'yarn', 'bun'].flatMap((program) => [
    [`${program} test`, 0] as const,
    [`${program} run`, 1] as const,
  ]),
  ...['build', 'test', 'check', 'clippy', 'fmt'].map((verb) => [`cargo ${verb}`, 0] as const),
  ...['build', 'test', 'vet', 'fmt'].map((verb) => [`go ${verb}`, 0] as const),
  ...['build', 'test'].map((verb) => [`dotnet ${verb}`, 0] as const),
  ...['compile', 'test', 'verify'].map((verb) => [`mvn ${verb}`, 0] as const),
  ...['pytest', 'tsc', 'eslint', 'prettier', 'mypy', 'ruff', 'vitest', 'jest', 'mocha'].map(
    (program) => [program, 0] as const,
  ),
];

/** Second words that make a program run, fetch or obey something else. */
const farReaching = new Set(
  'exec x dlx create init install i add link config set publish login eval shell run-script tool dev'.split(
    ' ',
  ),
);
/** Programs that reach or change anything their arguments name. */
const tooWide = new Set(
  'curl wget nc ncat socat ftp telnet http mv cp ln chmod chown tee'.split(' '),
);
/** What git does that can be taken back; not what reaches a remote. */
const gitVerbs = new Set(['add', 'commit']);

/** Options that change only how much is shown or which tests are picked. */
const harmlessOption =
  /^(--|-[vqxsl]|--(verbose|quiet|silent|release|lib|all|workspace|coverage|no-coverage|no-color|bail|fail-fast|noEmit|check|fix|write)|--(grep|testNamePattern|filter|package|reporter)=\w[\w -]*)$/;

/**
 * The rule that an approval of a command may become. The model's suggestion counts where it is sound; it is no more
 * than that. Undefined where only the very command can be remembered.
 */
export function prefixRule(
  words: readonly string[],
  suggestion: readonly string[] | undefined,
): readonly string[] | undefined {
  if (suggestion && isSound(suggestion) && matchesRule(words, suggestion)) return suggestion;
  for (const [beginning, more] of usual) {
    const start = beginning.split(' ');
    const prefix = words.slice(0, start.length + more);
    const begins = start.every((word, index) => words[index] === word);
    if (!begins || prefix.length < start.length + more) continue;
    if (prefix.every((word) => /^\w[\w:.-]*$/.test(word)) && matchesRule(words, prefix))
      return prefix;
  }
  return undefined;
}

/** True where a rule covers a command: what follows the prefix names files here, or changes nothing that matters. */
export function matchesRule(words: readonly string[], prefix: readonly string[]): boolean {
  if (!prefix.every((word, index) => words[index] === word)) return false;
  return words.slice(prefix.length).every((word) => {
    if (word.startsWith('-')) return harmlessOption.test(word);
    return !word.startsWith('/') && !word.split('/').includes('..') && !/[=\\~]/.test(word);
  });
}

/** Longer rules are none. */
const maxPrefix = 6;

/** Every rule that could cover a command. */
export function possibleRules(words: readonly string[]): readonly (readonly string[])[] {
  return words
    .slice(0, maxPrefix)
    .map((_, index) => words.slice(0, index + 1))
    .filter((prefix) => matchesRule(words, prefix));
}

function isSound(prefix: readonly string[]): boolean {
  const [program = '', verb = ''] = prefix;
  if (!prefix.every((word) => /^\w[\w:.-]*$/.test(word))) return false;
  if (prefix.length < (verb === 'run' ? 3 : 2) || prefix.length > maxPrefix) return false;
  if (runsAnything(program) || tooWide.has(program)) return false;
  if (program === 'git' ? !gitVerbs.has(verb) : farReaching.has(verb)) return false;
  return !destructionOf(prefix.join(' '), '/', '/').destructive;
}
