import type { Reading } from './reading';

/** `cd` to one plain word: behind an option, `--` or a sign, shells differ in where they go. */
export function cdReading(args: readonly string[]): Reading | undefined {
  if (args.length !== 1 || !/^[^-+]/.test(args[0]!)) return undefined;
  return { builtin: true, files: args, inFolder: false, options: [] };
}

/** `test` of one file, one text or two numbers. What is no plain number may be computed, and so run commands, as -v may. */
export function testReading(args: readonly string[]): Reading | undefined {
  const [first = '', second = '', ...others] = args[0] === '!' ? args.slice(1) : args;
  const isFile = /^-[defhrswxL]$/.test(first) && others.length === 0;
  const isText = /^-[nz]$/.test(first) && others.length === 0;
  const isCount =
    /^-(eq|ne|lt|le|gt|ge)$/.test(second) &&
    others.length === 1 &&
    [first, ...others].every((word) => /^\d{1,15}$/.test(word));
  if (!isFile && !isText && !isCount) return undefined;
  return { builtin: true, files: isFile ? [second] : [], inFolder: false, options: [] };
}

/** `command -v name` tells what would start, and starts nothing. */
export function lookUpReading([option, ...names]: readonly string[]): Reading | undefined {
  if (option !== '-v' || names.length === 0) return undefined;
  if (!names.every((name) => /^\w[\w.-]*$/.test(name))) return undefined;
  return { builtin: true, files: [], inFolder: false, options: [] };
}
