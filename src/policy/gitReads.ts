import type { OptionTable, ReadArguments } from './readArguments';

/** A git subcommand that only reads when it has these options and operands. */
interface GitRead extends OptionTable {
  /** Whether the operands keep it to reading; any may stand where absent. */
  readonly allows?: (read: ReadArguments) => boolean;
}

/** Which commits and how they are told; nothing of `git log`'s options that writes or starts a program. */
const commits: Required<
  Pick<OptionTable, 'flags' | 'valued' | 'long' | 'longValued' | 'longOptional'>
> = {
  flags: 'pszw',
  valued: 'nLSG',
  long: [
    ...['oneline', 'all', 'graph', 'reverse', 'merges', 'no-merges', 'first-parent', 'follow'],
    ...['patch', 'no-patch', 'shortstat', 'numstat', 'summary', 'name-only', 'name-status', 'raw'],
    ...['no-color', 'no-ext-diff', 'no-textconv', 'abbrev-commit', 'no-abbrev-commit', 'cc'],
    ...['no-renames', 'left-right', 'cherry-pick', 'cherry-mark', 'date-order', 'topo-order'],
    ...['author-date-order', 'branches', 'tags', 'remotes', 'full-history', 'no-decorate'],
    ...['regexp-ignore-case', 'invert-grep', 'extended-regexp', 'fixed-strings', 'check', 'quiet'],
    ...['ignore-all-space', 'ignore-space-change', 'ignore-blank-lines', 'cached', 'staged'],
    ...['merge-base', 'no-prefix', 'minimal', 'patience', 'histogram', 'text', 'relative'],
    ...['pickaxe-regex', 'pickaxe-all', 'full-index', 'binary', 'exit-code', 'no-notes'],
  ],
  // Git takes the next word for their value, even where that is `--`.
  longValued: [
    ...['date', 'since', 'until', 'after', 'before', 'author', 'committer', 'grep', 'max-count'],
    ...['skip', 'diff-filter', 'diff-algorithm'],
  ],
  longOptional: [
    ...['format', 'pretty', 'decorate', 'stat', 'abbrev', 'color', 'unified', 'word-diff'],
    ...['find-renames', 'find-copies', 'dirstat', 'submodule'],
  ],
};

/** Longer forms look into submodules, which have settings of their own. */
const shortSubmodules = ({ values }: ReadArguments): boolean =>
  values.every(([option, value]) => option !== '--submodule' || value === 'short');

/** Formats of git's own; every other name may be one of the repository's. */
const ownFormats = /^(oneline|short|medium|full|fuller|reference|email|mboxrd|raw|t?format:.*|)$/s;

/** Formats with `%G`, and names that stand for such a format, start the program that checks signatures. */
const noSignatures = (read: ReadArguments): boolean =>
  shortSubmodules(read) &&
  read.values.every(([option, value]) => {
    if (/%[-+ ]*G/.test(value)) return false;
    return !/^--(format|pretty)$/.test(option) || value.includes('%') || ownFormats.test(value);
  });
/** The same for what lists branches and tags. */
const noSignatureField = ({ values }: ReadArguments): boolean =>
  values.every(([, value]) => !value.includes('signature'));
const noOperands = ({ operands }: ReadArguments): boolean => operands.length === 0;
const listing = (read: ReadArguments): boolean =>
  noSignatureField(read) &&
  (noOperands(read) || read.values.some(([option]) => /^(--list|-l)$/.test(option)));
/** Those that `contains` and the like mean where they name none are the checked out ones. */
const fromHead = ['contains', 'no-contains', 'merged', 'no-merged'];

const listed: Omit<OptionTable, 'flags'> = {
  long: ['list', 'all', 'remotes', 'show-current', 'verbose', 'no-color', 'no-column'],
  longValued: [...fromHead, 'points-at', 'sort', 'format'],
  longValuedUnlessLast: fromHead,
  longOptional: ['color', 'abbrev'],
};

const reads: Readonly<Record<string, GitRead>> = {
  status: {
    flags: 'sbz',
    optional: 'uv',
    long: [
      'short',
      'branch',
      'long',
      'show-stash',
      'ahead-behind',
      'no-ahead-behind',
      'no-renames',
    ],
    longOptional: ['porcelain', 'untracked-files', 'ignored', 'ignore-submodules', 'column'],
  },
  log: { ...commits, optional: 'UMC', count: true, allows: noSignatures },
  show: { ...commits, optional: 'UMC', count: true, allows: noSignatures },
  diff: { ...commits, allows: shortSubmodules, flags: 'pszwbaR', valued: 'SG', optional: 'UMC' },
  shortlog: { flags: 'sne', long: ['summary', 'numbered', 'email', 'all', 'no-merges'] },
  'rev-parse': {
    flags: 'q',
    long: [
      ...[
        'show-toplevel',
        'verify',
        'is-inside-work-tree',
        'is-inside-git-dir',
        'git-dir',
        'quiet',
      ],
      ...['git-common-dir', 'show-prefix', 'show-cdup', 'is-bare-repository', 'symbolic', 'all'],
      ...['branches', 'tags', 'remotes', 'absolute-git-dir', 'is-shallow-repository'],
    ],
    longOptional: ['short', 'abbrev-ref', 'symbolic-full-name'],
  },
  'rev-list': {
    flags: '',
    valued: 'n',
    count: true,
    long: [
      'count',
      'all',
      'no-merges',
      'merges',
      'first-parent',
      'left-right',
      'reverse',
      'oneline',
    ],
    longValued: ['max-count', 'since', 'until', 'author'],
  },
  'merge-base': { flags: 'a', long: ['all', 'is-ancestor', 'octopus', 'fork-point'] },
  describe: {
    long: ['tags', 'all', 'always', 'long', 'exact-match'],
    longValued: ['match'],
    longOptional: ['dirty', 'abbrev'],
  },
  'ls-files': {
    flags: 'comdszt',
    long: [
      'others',
      'cached',
      'modified',
      'deleted',
      'stage',
      'exclude-standard',
      'ignored',
      'unmerged',
      'full-name',
      'error-unmatch',
    ],
  },
  'ls-tree': {
    flags: 'rdtlz',
    long: ['name-only', 'long', 'full-tree', 'full-name', 'name-status'],
  },
  'cat-file': { flags: 'tspe' },
  grep: {
    flags: 'nilwEFPcvhHoIq',
    valued: 'eABCm',
    long: [
      'line-number',
      'ignore-case',
      'files-with-matches',
      'count',
      'word-regexp',
      'fixed-strings',
      'extended-regexp',
      'perl-regexp',
      'cached',
      'heading',
      'break',
      'show-function',
      'only-matching',
      'no-color',
    ],
    longValued: ['max-depth'],
    longOptional: ['color'],
  },
  blame: {
    flags: 'wcesnflpt',
    valued: 'L',
    optional: 'MC',
    long: ['porcelain', 'line-porcelain', 'show-email', 'root', 'show-name', 'show-number'],
    longValued: ['date', 'since'],
    longOptional: ['abbrev'],
  },
  branch: { ...listed, flags: 'arvi', allows: listing },
  // Not -l of `branch`: it once made one.
  tag: { ...listed, flags: 'l', optional: 'n', allows: listing },
  'for-each-ref': {
    long: ['ignore-case', 'omit-empty'],
    longValued: [...fromHead, 'count', 'points-at', 'sort', 'format'],
    longValuedUnlessLast: fromHead,
    allows: noSignatureField,
  },
  'show-ref': {
    flags: 'dsq',
    long: ['head', 'heads', 'tags', 'verify', 'dereference', 'quiet'],
    longOptional: ['hash', 'abbrev'],
  },
  // Not -v, which shows lines of files of patterns, wherever those lead.
  'check-ignore': { flags: 'qz', long: ['quiet', 'no-index'] },
  // A second operand is written.
  'symbolic-ref': {
    flags: 'q',
    long: ['short', 'quiet'],
    allows: ({ operands }) => operands.length === 1,
  },
  stash: { allows: ({ operands: [verb, ...rest] }) => verb === 'list' && rest.length === 0 },
  worktree: {
    long: ['porcelain'],
    allows: ({ operands: [verb, ...rest] }) => verb === 'list' && rest.length === 0,
  },
  reflog: {
    flags: '',
    valued: 'n',
    count: true,
    long: ['all', 'oneline'],
    longValued: ['date', 'max-count'],
    longOptional: ['format'],
    allows: (read) =>
      noSignatures(read) && (read.operands[0] === undefined || read.operands[0] === 'show'),
  },
  remote: { flags: '', allows: noOperands },
  version: { allows: noOperands },
};

/** The same, with the folder that git is told to work in. */
export interface GitArguments extends ReadArguments {
  readonly from?: string;
}

/** What a git command line of options and operands comes to where it surely only reads; undefined elsewhere. */
export function gitRead(
  args: readonly string[],
  read: (table: OptionTable, args: readonly string[]) => ReadArguments | undefined,
): GitArguments | undefined {
  const [first, second = '', ...others] = args;
  if (first === '-C') {
    // An empty folder is none to git, and what looks like an option might be one.
    if (second === '' || second.startsWith('-') || others[0] === '-C') return undefined;
    const inside = gitRead(others, read);
    return inside && inside.from === undefined ? { ...inside, from: second } : undefined;
  }
  // The one option before a subcommand that changes nothing but the drawing.
  const [subcommand = '', ...rest] = first === '--no-pager' ? args.slice(1) : args;
  if (subcommand === '--version')
    return rest.length === 0 ? { operands: [], values: [] } : undefined;
  if (!Object.hasOwn(reads, subcommand)) return undefined;
  const table = reads[subcommand]!;
  const result = read(table, rest);
  return result && (table.allows?.(result) ?? true) ? result : undefined;
}
