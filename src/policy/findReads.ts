import { readingFrom, type Reading } from './reading';

/** Tests of `find` that only look, each with the words it takes. */
const findTests: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    [
      ...['name', 'iname', 'type', 'path', 'ipath', 'wholename', 'maxdepth', 'mindepth', 'newer'],
      ...['newermt', 'size', 'mtime', 'mmin', 'atime', 'amin', 'ctime', 'cmin', 'perm', 'regex'],
      ...['iregex', 'regextype', 'user', 'group', 'links', 'printf'],
    ].map((name) => [`-${name}`, 1]),
  ),
  ...Object.fromEntries(
    [
      ...['not', 'o', 'or', 'a', 'and', 'empty', 'print', 'print0', 'prune', 'ls', 'readable'],
      ...[
        'writable',
        'executable',
        'xdev',
        'mount',
        'true',
        'false',
        'daystart',
        'depth',
        'quit',
        'P',
      ],
    ].map((name) => [`-${name}`, 0]),
  ),
};

/** How `find` surely only reads; undefined where it may do more. */
export function findReading(args: readonly string[]): Reading | undefined {
  const files: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index]!;
    if (!arg.startsWith('-')) {
      if (!/^[()!,]$/.test(arg)) files.push(arg);
      continue;
    }
    if (!Object.hasOwn(findTests, arg)) return undefined;
    if (findTests[arg] === 0) continue;
    const value = args[++index];
    // A value that looks like an option might be one after all.
    const isNegative = value !== undefined && (/^-\d/.test(value) || isPermission(arg, value));
    if (value === undefined || (value.startsWith('-') && !isNegative)) return undefined;
    if (arg === '-newer') files.push(value);
  }
  return readingFrom(files);
}

/** `-u+x` of `find -perm`. */
function isPermission(test: string, value: string): boolean {
  return test === '-perm' && /^-[ugoa]*[+=][rwxst]+$/.test(value);
}
