/** A beginning of commands that one approval may cover, and what may follow it. */
export interface KnownRule {
  /** Words that the command begins with. */
  readonly beginning: string;
  /** How many words more belong to it, such as the name of a script. */
  readonly more?: number;
  /** True where files may follow: each is worked on, and none is a verb, an address or a list of options. */
  readonly files?: boolean;
  /** Options that change only how much is told, how soon it ends, or what is left out. */
  readonly options?: string;
}

const cargoOptions =
  '-v -vv -q --verbose --quiet --release --lib --bins --tests --all --workspace --all-targets --locked --offline --no-fail-fast';
const scriptRunners = ['npm', 'pnpm', 'yarn', 'bun'];

/** Only npm keeps options behind the name of a script for itself: the others hand them on to the script. */
const optionsOf = (runner: string) => (runner === 'npm' ? { options: '-s --silent' } : {});

/**
 * The rules that are known. What is not here is remembered exactly: where further words are verbs (`mvn test deploy`),
 * name other places (`npm pack URL`), or files that hold options (`tsc @file` is refused for all).
 */
export const knownRules: readonly KnownRule[] = [
  ...scriptRunners.map((name) => ({ beginning: `${name} test`, files: true, ...optionsOf(name) })),
  // A script may delete what it is named.
  ...scriptRunners.map((name) => ({ beginning: `${name} run`, more: 1, ...optionsOf(name) })),
  ...['build', 'test', 'check', 'clippy', 'fmt'].map((verb) => ({
    beginning: `cargo ${verb}`,
    options: verb === 'fmt' ? '--all --check -v -q --verbose --quiet' : cargoOptions,
  })),
  ...['build', 'test', 'vet', 'fmt'].map((verb) => ({
    beginning: `go ${verb}`,
    files: true,
    options: verb === 'test' ? '-v -race -short -cover' : verb === 'fmt' ? '-x' : '-v',
  })),
  ...['build', 'test'].map((verb) => ({
    beginning: `dotnet ${verb}`,
    options: '--no-restore --no-build --nologo',
  })),
  {
    beginning: 'pytest',
    files: true,
    options: '-v -vv -q -qq -x -s -l --verbose --quiet --exitfirst --no-header --lf --ff',
  },
  { beginning: 'tsc', options: '--noEmit --pretty' },
  { beginning: 'eslint', files: true, options: '--fix --quiet --color --no-color' },
  { beginning: 'prettier', files: true, options: '-c -l --check --list-different' },
  { beginning: 'mypy', files: true, options: '-v --verbose --strict --pretty' },
  { beginning: 'ruff check', files: true, options: '-q --quiet -v --verbose --no-fix' },
  { beginning: 'ruff format', files: true, options: '-q --quiet -v --verbose --check --diff' },
  { beginning: 'vitest run', files: true, options: '--silent --no-color --no-coverage' },
  {
    beginning: 'jest',
    files: true,
    options: '-i --runInBand --ci --silent --verbose --bail --coverage --no-coverage',
  },
  { beginning: 'mocha', files: true, options: '-b --bail --exit --no-color' },
  { beginning: 'git add', files: true, options: '-v -n --verbose --dry-run' },
  { beginning: 'git commit', files: true, options: '-q -v -s --quiet --verbose --signoff' },
];
