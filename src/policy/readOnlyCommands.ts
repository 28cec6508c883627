import { findReading } from './findReads';
import { gitRead } from './gitReads';
import { readArguments, type OptionTable, type ReadArguments } from './readArguments';
import { readingFrom, type Reading } from './reading';
import { cdReading, lookUpReading, testReading } from './shellReads';

/** A program that only reads when it is called like this. */
interface Reader extends OptionTable {
  /** Part of every shell: no file is started for it. */
  readonly builtin?: boolean;
  /** What its operands are: files, a pattern before the files, or plain words. */
  readonly operands?: 'files' | 'patternFirst' | 'words';
  /** See `Reading`. */
  readonly followsLinks?: boolean;
  /** Whether these arguments keep it to reading; they do where absent. */
  readonly allows?: (read: ReadArguments) => boolean;
}

const pattern: Pick<Reader, 'operands'> = { operands: 'patternFirst' };
const words: Pick<Reader, 'operands'> = { operands: 'words' };
const count = (most: number) => (read: ReadArguments) => read.operands.length <= most;

/**
 * Programs that only read, with the options that keep them so. Each option here was looked up: it writes no file, starts
 * no program, opens no connection and follows no link out of a folder. Everything that is not here asks.
 */
const readers: Readonly<Record<string, Reader>> = {
  basename: { ...words, flags: 'az', valued: 's' },
  cat: { flags: 'nbsAETvetu' },
  cksum: {},
  cmp: { flags: 'sl' },
  column: { flags: 'tx', valued: 'sc' },
  comm: { flags: '123' },
  cut: {
    flags: 'sn',
    valued: 'dfbc',
    long: ['complement'],
    longValued: ['delimiter', 'fields', 'output-delimiter'],
  },
  // `date` sets the clock by operands and by -s.
  date: {
    ...words,
    flags: 'uI',
    long: ['utc'],
    longOptional: ['iso-8601'],
    allows: ({ operands }) => operands.every((word) => word.startsWith('+')),
  },
  // Not -r and -N, nor -l, which starts another program.
  diff: {
    followsLinks: true,
    flags: 'qscuypitTbwBaEZd',
    valued: 'UCW',
    long: [
      ...['brief', 'report-identical-files', 'side-by-side', 'suppress-common-lines', 'text'],
      ...['ignore-case', 'ignore-all-space', 'ignore-space-change', 'ignore-blank-lines'],
      ...['ignore-trailing-space', 'minimal', 'expand-tabs', 'strip-trailing-cr'],
    ],
    longValued: ['width'],
    longOptional: ['unified', 'context', 'color'],
    allows: ({ operands }) => operands.length === 2,
  },
  dirname: { ...words, flags: 'z' },
  du: {
    flags: 'shkmcax',
    valued: 'd',
    long: ['summarize', 'human-readable', 'total', 'all', 'apparent-size'],
    longValued: ['max-depth', 'exclude'],
  },
  df: { flags: 'hkTi' },
  echo: { builtin: true, ...words, flags: 'neE' },
  egrep: { ...pattern, flags: 'nilrwxvcoHhsqaI', valued: 'eABCm' },
  false: { builtin: true, ...words },
  fgrep: { ...pattern, flags: 'nilrwxvcoHhsqaI', valued: 'eABCm' },
  file: { flags: 'bihkL0' },
  grep: {
    ...pattern,
    // -R follows links.
    flags: 'nilrwxvcoEFGPHhsqaILzZ',
    valued: 'eABCm',
    count: true,
    long: [
      'line-number',
      'recursive',
      'ignore-case',
      'count',
      'files-with-matches',
      'files-without-match',
      'fixed-strings',
      'extended-regexp',
      'perl-regexp',
      'word-regexp',
      'line-regexp',
      'invert-match',
      'only-matching',
      'no-messages',
      'no-filename',
      'with-filename',
      'quiet',
      'text',
      'null',
    ],
    longValued: [
      'include',
      'exclude',
      'exclude-dir',
      'regexp',
      'max-count',
      'after-context',
      'before-context',
      'context',
    ],
    longOptional: ['color', 'colour'],
  },
  head: {
    flags: 'qvz',
    valued: 'nc',
    count: true,
    longValued: ['lines', 'bytes'],
    long: ['quiet', 'verbose'],
  },
  id: { ...words, flags: 'ugnrG' },
  jq: {
    ...pattern,
    flags: 'rcSMCesnaj',
    long: [
      'raw-output',
      'compact-output',
      'sort-keys',
      'slurp',
      'null-input',
      'exit-status',
      'monochrome-output',
      'tab',
      'raw-input',
    ],
    // Filters can read other files and the environment.
    allows: ({ operands: [filter = ''] }) =>
      !/import|include|env|ENV|input_filename|modulemeta|\$__/.test(filter),
  },
  ls: {
    // Not -T, -w, -I: they take a value here and none there.
    flags: 'alhtrSRdF1AinspgGoXUcukmCxvBqQNb',
    long: [
      'all',
      'almost-all',
      'human-readable',
      'recursive',
      'reverse',
      'directory',
      'size',
      'inode',
      'classify',
      'group-directories-first',
      'full-time',
      'no-group',
      'numeric-uid-gid',
    ],
    longValued: ['time-style', 'sort', 'time', 'format', 'indicator-style', 'ignore'],
    longOptional: ['color'],
  },
  md5sum: {},
  nl: { valued: 'bnwsv' },
  nproc: {},
  od: { flags: 'abcdosxv', valued: 'AjNt' },
  paste: { flags: 's', valued: 'd' },
  pwd: { builtin: true, flags: 'LP', allows: count(0) },
  readlink: { flags: 'fenm' },
  realpath: { flags: 'emsqz', longValued: ['relative-to', 'relative-base'] },
  rg: {
    ...pattern,
    // Not -z, --pre, --hostname-bin (they start programs), -L (follows links), -f and --ignore-file (read lists).
    flags: 'nilwxvcoFSsUaHhNPpq.u0IK',
    valued: 'ABCmgtTejdM',
    long: [
      'files',
      'files-with-matches',
      'files-without-match',
      'count',
      'count-matches',
      'hidden',
      'no-ignore',
      'no-ignore-vcs',
      'line-number',
      'no-line-number',
      'no-heading',
      'heading',
      'ignore-case',
      'smart-case',
      'case-sensitive',
      'fixed-strings',
      'word-regexp',
      'line-regexp',
      'multiline',
      'multiline-dotall',
      'stats',
      'json',
      'column',
      'only-matching',
      'no-messages',
      'type-list',
      'vimgrep',
      'no-filename',
      'with-filename',
      'invert-match',
      'pcre2',
      'trim',
      'quiet',
      'null',
      'unrestricted',
      'text',
      'no-config',
      'version',
    ],
    longValued: [
      'glob',
      'iglob',
      'type',
      'type-not',
      'context',
      'after-context',
      'before-context',
      'max-count',
      'max-depth',
      'sort',
      'sortr',
      'color',
      'colors',
      'max-columns',
      'regexp',
      'threads',
      'max-filesize',
      'replace',
      'encoding',
    ],
  },
  // `sed` writes files and starts programs from its script: only `-n 'N,Mp'` is read.
  sed: {
    ...pattern,
    flags: 'n',
    allows: ({ operands: [script = ''], values }) =>
      values.some(([option]) => option === '-n') &&
      /^\d+(,(\d+|\$))?p(;\d+(,(\d+|\$))?p)*$/.test(script),
  },
  seq: { ...words, flags: 'w', valued: 's' },
  sha1sum: {},
  sha256sum: {},
  // -o writes, -T and --compress-program leave the folder.
  sort: {
    flags: 'nrufbVhdgisMcCz',
    valued: 'kt',
    long: [
      'numeric-sort',
      'reverse',
      'unique',
      'version-sort',
      'human-numeric-sort',
      'ignore-case',
    ],
    longValued: ['key', 'field-separator'],
  },
  stat: { flags: 'tLx', valued: 'cf', longValued: ['format', 'printf'], long: ['terse'] },
  tac: {},
  // -f and -F never end.
  tail: {
    flags: 'qvrz',
    valued: 'nc',
    count: true,
    long: ['quiet', 'verbose'],
    longValued: ['lines', 'bytes'],
  },
  tr: { ...words, flags: 'cCdst', long: ['delete', 'squeeze-repeats', 'complement'] },
  // Behind -o it writes; letters behind one with a value are options of their own.
  tree: {
    flags: 'adfhisugDFrtnCvS',
    valued: 'LIP',
    neverGlued: true,
    long: ['dirsfirst', 'noreport', 'gitignore', 'prune', 'du'],
    longValued: ['filelimit'],
  },
  true: { builtin: true, ...words },
  type: { builtin: true, ...words, flags: 'atp' },
  uname: { ...words, flags: 'asnrvmpo' },
  // A second operand is written.
  uniq: {
    optionsFirst: true,
    flags: 'cdui',
    valued: 'fsw',
    long: ['count', 'repeated', 'unique', 'ignore-case'],
    allows: count(1),
  },
  wc: { flags: 'lwcmL', long: ['lines', 'words', 'bytes', 'chars'] },
  which: { ...words, flags: 'a' },
  whoami: { ...words },
};

/** How a command (its program and arguments) surely only reads; undefined where it may do more. */
export function readingOf([program = '', ...args]: readonly string[]): Reading | undefined {
  if (program === 'find') return findReading(args);
  if (program === 'cd') return cdReading(args);
  if (program === 'test') return testReading(args);
  if (program === 'command') return lookUpReading(args);
  if (program === 'git') {
    const read = gitRead(args, readArguments);
    if (!read) return undefined;
    const reading = readingFrom(gitFiles(read), read.values);
    return read.from === undefined ? reading : { ...reading, from: read.from };
  }
  if (isVersionQuestion(program, args)) return readingFrom([]);
  if (!Object.hasOwn(readers, program)) return undefined;
  const reader = readers[program]!;
  const read = readArguments(reader, reader.builtin ? [] : args);
  if (!read || !(reader.allows?.(read) ?? true)) return undefined;
  const { builtin = false } = reader;
  if (reader.operands === 'words') return { ...readingFrom([], read.values), builtin };
  const named = namedFiles(reader, read);
  const values = read.values.map(([, value]) => value).filter((value) => value !== '');
  return {
    ...{ builtin, files: [...named, ...values] },
    ...{ inFolder: named.length === 0, options: read.values },
    ...(reader.followsLinks ? { followsLinks: true, files: named } : {}),
  };
}

/** Not of programs that choose by the folder which program they start, as npm, yarn, cargo and go do. */
const versionQuestions: ReadonlyMap<string, readonly string[]> = new Map<string, string[]>([
  ...['gcc', 'clang', 'jq', 'curl', 'bash', 'make', 'tar'].map((name): [string, string[]] => [
    name,
    ['--version'],
  ]),
  ['node', ['--version', '-v']],
  ['python3', ['--version', '-V']],
  ['java', ['--version', '-version']],
]);

/** `node --version` and the like. */
function isVersionQuestion(program: string, args: readonly string[]): boolean {
  return args.length === 1 && (versionQuestions.get(program)?.includes(args[0]!) ?? false);
}

function namedFiles(reader: Reader, { operands, values }: ReadArguments): readonly string[] {
  const named = values.some(([option]) => /^(-e|--regexp|--files|--type-list)$/.test(option));
  return operands.slice(reader.operands === 'patternFirst' && !named ? 1 : 0);
}

/** `HEAD:.env` reads a file too. */
function gitFiles({ operands, values }: ReadArguments): readonly string[] {
  const all = [...operands, ...values.map(([, value]) => value)].filter((value) => value !== '');
  return all.flatMap((word) => [word, ...word.split(':').slice(1)]).filter((word) => word !== '');
}
