/** Judges the arguments of one program; true where it surely only reads. */
type Rule = (args: readonly string[]) => boolean;

const always: Rule = () => true;

/** Every option must be one of these; what is no option is a file or a pattern. */
const options =
  (allowed: RegExp): Rule =>
  (args) =>
    args.every((arg) => !arg.startsWith('-') || arg === '-' || arg === '--' || allowed.test(arg));

const rgOptions =
  /^(-[nilwxvcoFSsUaHhN]+|-[ABCmgtTeE]|-[ABCm]\d+|-[gtTe].+|--(files|files-with-matches|count|glob|iglob|type|hidden|no-ignore|line-number|no-heading|heading|context|after-context|before-context|max-count|ignore-case|smart-case|fixed-strings|word-regexp|multiline|max-depth|sort|stats|json|color|colors|column|only-matching|no-messages|type-list|vimgrep|no-filename|with-filename|max-columns)(=.*)?)$/;
const grepOptions =
  /^(-[nilrRwxvcoFEGsHhqaI]+|-[ABCme]|-[ABCm]\d+|-e.+|--(include|exclude|exclude-dir|color|line-number|recursive|ignore-case|context|count|files-with-matches|fixed-strings|extended-regexp|word-regexp|invert-match|only-matching)(=.*)?)$/;
const findOptions =
  /^-(name|iname|type|path|ipath|not|o|or|a|and|maxdepth|mindepth|newer|size|mtime|mmin|empty|print|print0|prune|perm|regex|iregex|L|P|H)$/;

/** git subcommands that only read, with the options that keep them so. Abbreviated options are not understood. */
const gitRules: Readonly<Record<string, Rule>> = {
  status: options(
    /^(-[sbuz]+|-u(no|all|normal)|--(short|branch|porcelain|long|untracked-files|ignored)(=.*)?)$/,
  ),
  log: options(
    /^(-\d+|-[npLSG]|-n\d+|-[LSG].+|-p|--(oneline|stat|graph|all|decorate|format|pretty|since|until|after|before|author|grep|follow|name-only|name-status|no-merges|merges|reverse|max-count|abbrev-commit|date|patch|shortstat|numstat|first-parent|no-ext-diff|no-textconv|no-color)(=.*)?)$/,
  ),
  diff: options(
    /^(-[UwbpMC]\d*|--(stat|name-only|name-status|cached|staged|shortstat|numstat|unified|color|no-color|word-diff|summary|check|ignore-all-space|no-ext-diff|no-textconv|merge-base)(=.*)?)$/,
  ),
  show: options(
    /^(-[pswU]\d*|--(stat|name-only|name-status|format|pretty|oneline|no-patch|patch|no-ext-diff|no-textconv|no-color)(=.*)?)$/,
  ),
  'rev-parse': options(
    /^--(short|abbrev-ref|show-toplevel|verify|is-inside-work-tree|git-dir|show-prefix)(=.*)?$/,
  ),
  'ls-files': options(/^(-[comdszt]+|--(others|cached|modified|deleted|stage|exclude-standard))$/),
  blame: options(/^(-[LwMCe]+|-L.+|--(porcelain|date|since)(=.*)?)$/),
};

const git: Rule = ([subcommand = '', ...args]) =>
  Object.hasOwn(gitRules, subcommand) && gitRules[subcommand]!(args);

/** `sed -n 'N,Mp' files` and nothing else of sed. */
const sed: Rule = ([flag, script = '', ...files]) =>
  flag === '-n' &&
  /^\d+(,(\d+|\$))?p$/.test(script) &&
  files.every((file) => !file.startsWith('-'));

const rules: Readonly<Record<string, Rule>> = {
  cat: options(/^-[nbsAET]+$/),
  cd: (args) => args.length === 1 && !args[0]!.startsWith('-'),
  cut: always,
  diff: options(/^(-[urNqwbBiy]+|-U\d+|--(brief|recursive|unified|color|ignore-all-space)(=.*)?)$/),
  dirname: always,
  du: always,
  echo: always,
  false: always,
  file: options(/^-[bikLz]+$/),
  find: (args) => args.every((arg) => !/^-/.test(arg) || findOptions.test(arg)),
  git,
  grep: options(grepOptions),
  head: always,
  ls: always,
  nl: always,
  pwd: always,
  realpath: always,
  rg: options(rgOptions),
  sed,
  stat: always,
  tail: (args) => !args.some((arg) => /^-(.*[fF]|-follow|-retry)/.test(arg)),
  tr: always,
  tree: (args) => !args.some((arg) => /^(-o|--output)/.test(arg)),
  true: always,
  uniq: (args) => args.filter((arg) => !arg.startsWith('-')).length < 2,
  wc: options(/^-[lwcmL]+$/),
  which: always,
  basename: always,
  sort: options(/^(-[nrufbVhk\d,.t]+|--(numeric-sort|reverse|unique|key|version-sort)(=.*)?)$/),
};

/** Programs whose arguments are not files. */
const noFiles = new Set(['echo', 'true', 'false', 'pwd', 'which', 'tr', 'basename', 'dirname']);

/** True where a command (its program and arguments) is known to only read. */
export function isReadOnlyCommand([program = '', ...args]: readonly string[]): boolean {
  return Object.hasOwn(rules, program) && rules[program]!(args);
}

/** Arguments that may name files: everything that is no option, and values glued to one. */
export function fileArguments([program = '', ...args]: readonly string[]): string[] {
  if (noFiles.has(program)) return [];
  return args.flatMap((arg) => {
    if (!arg.startsWith('-')) return [arg];
    const value = arg.indexOf('=');
    return value < 0 ? [] : [arg.slice(value + 1)];
  });
}
