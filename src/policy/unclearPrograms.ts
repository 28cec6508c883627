import { baseName } from '../base/paths';
import { isShell } from './programKinds';
import type { SeenWord } from './seenWord';

/** Wrappers whose first word is the program, and nothing else can be. */
const transparent = new Set(
  'command builtin exec eval sudo doas nohup env time nice setsid busybox toybox'.split(' '),
);
/** Their options that take a word. */
const optionWithWord = /^-[ugCnaofh]$/;
/** Names under which a script is what comes through the pipe. */
const standardInput = new Set(['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0']);

/** True where the shell makes up the very name of the program, so that nobody can tell what runs. */
export function startsUnknown(words: readonly SeenWord[]): boolean {
  const [program, ...others] = words;
  if (program === undefined) return true;
  if (!transparent.has(baseName(program))) return false;
  const index = others.findIndex((word, at) => {
    if (optionWithWord.test(others[at - 1] ?? '')) return false;
    return word === undefined || !(word.startsWith('-') || word.includes('='));
  });
  return index >= 0 && others[index] === undefined;
}

/** True for a shell without a script of its own: it runs what it is fed. */
export function readsItsProgram(words: readonly SeenWord[]): boolean {
  const [program = ''] = words;
  const first = baseName(program);
  if (first === '.' || first === 'source') return standardInput.has(words[1] ?? '');
  if (!transparent.has(first)) return isShell(program) && isBare(words.slice(1));
  return words.some((word, at) => {
    const starts = word !== undefined && isShell(word) && !transparent.has(baseName(word));
    return starts && isBare(words.slice(at + 1));
  });
}

/** The place of the word that a shell or `eval` is told to run; undefined where there is none. */
export function placeOfScript(words: readonly SeenWord[]): number | undefined {
  if (words[0] === 'eval') return 1;
  const shell = words.findIndex((word) => word !== undefined && isShell(word));
  if (shell < 0) return undefined;
  const option = words.findIndex((word, at) => at > shell && /^-[a-zA-Z]*c$/.test(word ?? ''));
  return option < 0 ? undefined : option + 1;
}

/** @param args what a shell is started with. */
function isBare(args: readonly SeenWord[]): boolean {
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at];
    if (arg === undefined) return false;
    if (/^-[a-zA-Z]*c/.test(arg)) return false;
    if (/^-[a-zA-Z]*s/.test(arg) || standardInput.has(arg)) return true;
    if (/^([-+][oO]|--(rcfile|init-file))$/.test(arg)) at += 1;
    else if (!/^[-+]/.test(arg)) return false;
  }
  return true;
}
