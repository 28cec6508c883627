import type { SeenWord } from './seenWord';

/** Builtins that change the folder of the shell they run in. */
const movers = new Set(['cd', 'chdir', 'pushd', 'popd']);
/** Builtins that run another one. */
const carriers = new Set(['builtin', 'command']);

/**
 * The words that may name the folder which a command moves its shell to, some maybe unknown; undefined where it moves
 * nowhere. Empty where it goes back, or home.
 */
export function movesTo<Word extends SeenWord>(
  words: readonly Word[],
): readonly Word[] | undefined {
  const at = words.findIndex((word) => !carriers.has(word ?? '') && !word?.startsWith('-'));
  const isCarried = at > 0 && carriers.has(words[0] ?? '');
  const [program, ...args] = words.slice(isCarried ? at : 0);
  if (program === undefined || !movers.has(program)) return undefined;
  const end = args.findIndex((word) => word === '--');
  // Where a folder may begin with a dash is told by what stands before it.
  return args.filter((arg, index) =>
    end >= 0 && index >= end ? index > end : !/^[-+]/.test(arg ?? ''),
  );
}
