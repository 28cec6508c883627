import { destructionOf } from './destructiveCommands';
import { knownRules, type KnownRule } from './knownRules';
import { runsAnything } from './programKinds';

/** Tells whether a word is the name of a file or folder that is there, inside the folder. */
export type IsHere = (word: string) => boolean;

/** A rule that an approval becomes: commands that begin with these words, and what may follow them. */
export interface PrefixRule {
  readonly prefix: readonly string[];
  readonly files: boolean;
  readonly options: boolean;
}

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
/** Programs whose further words are verbs, addresses or packages. */
const manyVerbs = new Set(
  (
    'mvn mvnw mvnd gradle gradlew ant sbt bazel buck aws az gcloud gsutil bq doctl gh glab hub hg svn jj fossil helm oc k9s ' +
    'terraform tofu terragrunt pulumi packer vault consul nomad ansible ansible-playbook vagrant nerdctl systemctl service ' +
    'launchctl heroku vercel netlify firebase fly flyctl railway wrangler serverless sls cdk sam amplify supabase stripe ' +
    'brew apt apt-get dnf yum zypper pacman apk snap port nix pip pip3 conda mamba gem composer nuget cpan luarocks mix pub ' +
    'flutter dart deno dotnet adb fastlane xcodebuild rclone mc'
  ).split(' '),
);

/** Longer rules are none. */
const maxPrefix = 6;

/**
 * The rule that an approval of a command may become. The model's suggestion counts where it is sound; it is no more
 * than that. Undefined where only the very command can be remembered.
 */
export function prefixRule(
  words: readonly string[],
  suggestion: readonly string[] | undefined,
  isHere: IsHere,
): PrefixRule | undefined {
  const known = knownRules.map((rule) => prefixOf(rule, words)).find((prefix) => prefix);
  for (const prefix of [suggestion, known]) {
    const rule = prefix && ruleOf(prefix);
    if (rule && covers(rule, words, isHere)) return rule;
  }
  return undefined;
}

/** Every rule that covers a command. */
export function possibleRules(words: readonly string[], isHere: IsHere): readonly PrefixRule[] {
  return words.slice(0, maxPrefix).flatMap((_, index) => {
    const rule = ruleOf(words.slice(0, index + 1));
    return rule && covers(rule, words, isHere) ? [rule] : [];
  });
}

/** True where the rule of a prefix covers a command: what follows are files here, and options that are known. */
export function matchesRule(
  words: readonly string[],
  prefix: readonly string[],
  isHere: IsHere,
): boolean {
  const rule = ruleOf(prefix);
  return rule !== undefined && covers(rule, words, isHere);
}

/** What a prefix stands for; undefined where it is no sound one. */
function ruleOf(prefix: readonly string[]): PrefixRule | undefined {
  if (!prefix.every((word) => /^\w[\w:.-]*$/.test(word))) return undefined;
  const known = knownOf(prefix);
  if (known) {
    return { prefix, files: known.files === true, options: known.options !== undefined };
  }
  return isSound(prefix) ? { prefix, files: true, options: false } : undefined;
}

function knownOf(prefix: readonly string[]): KnownRule | undefined {
  return knownRules.find((rule) => prefixOf(rule, prefix)?.length === prefix.length);
}

/** The words of a command that a rule takes as its beginning. */
function prefixOf(
  { beginning, more = 0 }: KnownRule,
  words: readonly string[],
): readonly string[] | undefined {
  const start = beginning.split(' ');
  const prefix = words.slice(0, start.length + more);
  const begins = start.every((word, index) => words[index] === word);
  return begins && prefix.length === start.length + more ? prefix : undefined;
}

function covers({ prefix, files }: PrefixRule, words: readonly string[], isHere: IsHere): boolean {
  if (!prefix.every((word, index) => words[index] === word)) return false;
  const known = knownOf(prefix);
  const options = known?.options?.split(' ') ?? [];
  const further = words.slice(prefix.length);
  const end = further.indexOf('--');
  return further.every((word, index) => {
    if (index === end) return files;
    if (word.startsWith('-') && (end < 0 || index < end)) return options.includes(word);
    return files && isFile(prefix, word, known !== undefined, isHere);
  });
}

/** @param known false where the program is not known: a word without a slash could be a verb of it, also where it is here. */
function isFile(prefix: readonly string[], word: string, known: boolean, isHere: IsHere): boolean {
  const path = pathNamed(prefix[0]!, word);
  if (/^[-@/]|[:=\\~*?[\]{}]|(^|\/)\.\.(\/|$)/.test(path)) return false;
  return (known || path.includes('/')) && isHere(path);
}

/** What names a part of a file or everything below a folder, as some programs write it. */
function pathNamed(program: string, word: string): string {
  if (program === 'go') return word.replace(/\/\.\.\.$/, '');
  return program === 'pytest' ? word.replace(/::[\w:]+(\[[\w.-]*\])?$/, '') : word;
}

/** Of programs that have rules nothing else is taken. */
function isSound(prefix: readonly string[]): boolean {
  const [program = '', verb = ''] = prefix;
  if (prefix.length < (verb === 'run' ? 3 : 2) || prefix.length > maxPrefix) return false;
  if (knownRules.some(({ beginning }) => beginning.split(' ')[0] === program)) return false;
  if (prefix.some((word) => runsAnything(word) || tooWide.has(word) || manyVerbs.has(word))) {
    return false;
  }
  if (farReaching.has(verb)) return false;
  return !destructionOf(prefix.join(' '), '/', '/').destructive;
}
