import type { ReadArguments } from './readArguments';

type Options = ReadArguments['values'];

/**
 * True where rg with these options may look into a file below the folder it searches. It passes over names with a dot,
 * unless it is told not to, or a pattern or a type of its options takes them in.
 * @param path from that folder, beginning with a slash.
 */
export function mayBeSeenByRg(path: string, options: Options): boolean {
  if (!path.includes('/.') || seesDots(options)) return true;
  return options.some(([option, value]) => {
    if (/^(-g|--i?glob)$/.test(option)) return !value.startsWith('!') && mayMatch(value, path);
    // Types take in names by how they end, and never folders.
    const isType = option === '-t' || option === '--type';
    return isType && (value === 'all' || /^(\/[^./][^/]*)*\/\.[^/]*\.[^/]*$/.test(path));
  });
}

function seesDots(options: Options): boolean {
  let unrestricted = 0;
  for (const [option] of options) {
    if (option === '--hidden') return true;
    if (option === '--unrestricted') unrestricted += 1;
    if (option.startsWith('--')) continue;
    if (option.includes('.')) return true;
    unrestricted += option.split('u').length - 1;
  }
  return unrestricted > 1;
}

/** Compares what is literal at the end of a pattern. */
function mayMatch(pattern: string, path: string): boolean {
  const end = /[^*?[\]{}\\]*$/.exec(pattern.replace(/\/+$/, ''))?.[0] ?? '';
  return path.toLowerCase().endsWith(end.toLowerCase());
}
