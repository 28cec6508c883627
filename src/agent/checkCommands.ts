import type { Evidence } from '../protocol/items';
import { shellParts } from './shellParts';

export type CheckKind = Evidence['kind'];

/** What a command checks, and whether its exit code shows the outcome (`npm test | tail` hides it). */
export interface CheckCommand {
  /** The kind a person would name first, then what is covered on the way. */
  readonly kinds: readonly CheckKind[];
  readonly decides: boolean;
}

/** Programs that are a check by themselves. */
const programs: Readonly<Record<CheckKind, string>> = {
  test: 'mocha jest vitest ava tap tape jasmine karma cypress pytest py.test tox nox phpunit pest rspec ctest bats nose2 nosetests c8 nyc',
  lint: 'eslint stylelint flake8 pylint shellcheck golangci-lint oxlint standard xo markdownlint hadolint rubocop ktlint swiftlint phpcs clang-tidy staticcheck',
  types: 'vue-tsc svelte-check mypy pyright basedpyright pyre pytype phpstan psalm flow',
  build: 'webpack rollup esbuild tsup ninja gcc g++ clang clang++ javac rustc',
};

/** Programs whose first word after the options says what they do. */
const verbs: Readonly<Record<string, Readonly<Record<string, readonly CheckKind[]>>>> = {
  go: { test: ['test', 'build'], vet: ['lint'], build: ['build', 'types'] },
  cargo: {
    test: ['test', 'build', 'types'],
    nextest: ['test', 'build', 'types'],
    clippy: ['lint', 'types'],
    check: ['types', 'build'],
    build: ['build', 'types'],
  },
  dotnet: { test: ['test', 'build'], build: ['build', 'types'] },
  swift: { test: ['test', 'build'], build: ['build', 'types'] },
  deno: { test: ['test'], lint: ['lint'], check: ['types'] },
  ruff: { check: ['lint'] },
  biome: { check: ['lint'], lint: ['lint'], ci: ['lint'] },
  mix: { test: ['test', 'build'], compile: ['build'], credo: ['lint'], dialyzer: ['types'] },
  flutter: { test: ['test'], analyze: ['lint', 'types'], build: ['build'] },
  dart: { test: ['test'], analyze: ['lint', 'types'] },
  bazel: { test: ['test', 'build'], build: ['build'] },
  playwright: { test: ['test'] },
  vite: { build: ['build'] },
  next: { build: ['build', 'types'], lint: ['lint'] },
  cmake: { '--build': ['build'] },
};

/** Formatters check only when told not to write. */
const formatters = /^(?:prettier|black|isort|rustfmt)$/;
const onlyChecks = /^(?:--check|-c|--list-different|-l|--check-only)$/;

const packageRunners = new Set(['npm', 'pnpm', 'yarn', 'bun']);
const taskRunners = new Set(['make', 'gmake', 'just', 'task', 'rake', 'turbo', 'nx', 'composer']);
const buildTools = new Set(['mvn', 'mvnw', 'gradle', 'gradlew']);
const interpreters =
  /^(?:node|tsx|ts-node|python[\d.]*|ruby|php|perl|bash|sh|zsh|deno|bun|Rscript|lua)$/;

/** Options of runners that take the next word. */
const optionsWithValue = /^(?:--prefix|--workspace|--filter|-F|-C|--dir|--cwd|-f|-p|-w=npm)$/;

/** A question about the program, not a run of it. */
const noRun = /^(?:--version|-V|--help|--listTests|--list-tests|--collect-only|--co|--watch)$/;

/** What a shell line checks: a test, lint, types or build run by one of the usual runners; undefined for any other. */
export function checkOf(command: string): CheckCommand | undefined {
  const checks = (shellParts(command) ?? []).flatMap(({ words, decides }) => {
    const inner = shellScript(words);
    if (inner !== undefined) {
      const check = checkOf(inner);
      return check ? [{ ...check, decides: check.decides && decides }] : [];
    }
    const kinds = kindsOf(words);
    return kinds.length > 0 ? [{ kinds, decides }] : [];
  });
  const shown = checks.filter(({ decides }) => decides);
  const told = shown.length > 0 ? shown : checks;
  if (told.length === 0) return undefined;
  return { kinds: [...new Set(told.flatMap(({ kinds }) => kinds))], decides: shown.length > 0 };
}

/** The script of `bash -lc '...'`. */
function shellScript([shell = '', flag = '', script]: readonly string[]): string | undefined {
  return /^(?:.*\/)?(?:ba|z|da)?sh$/.test(shell) && /^-\w*c$/.test(flag) ? script : undefined;
}

function kindsOf(line: readonly string[]): readonly CheckKind[] {
  const [path = '', ...args] = unwrap(line);
  if (args.some((arg) => noRun.test(arg))) return [];
  const name = path.replace(/^.*\//, '');
  for (const [kind, names] of Object.entries(programs)) {
    if (names.split(' ').includes(name)) return [kind as CheckKind];
  }
  if (name === 'tsc') return args.includes('--noEmit') ? ['types'] : ['types', 'build'];
  if (formatters.test(name)) return args.some((arg) => onlyChecks.test(arg)) ? ['lint'] : [];
  const own = verbs[name]?.[firstOperand(args, name === 'cmake')];
  if (own) return own;
  if (packageRunners.has(name)) return packageScript(name, args);
  if (taskRunners.has(name)) return taskOf(name, args);
  if (buildTools.has(name)) return args.flatMap((arg) => kindsOfName(arg.replace(/^.*:/, '')));
  if (interpreters.test(name)) return scriptRun(name, args);
  return path.includes('/') ? scriptFile(path) : [];
}

function packageScript(name: string, args: readonly string[]): readonly CheckKind[] {
  const own = args.map((arg) => (arg === '-w' ? `-w=${name}` : arg));
  const [verb = '', script = '', ...rest] = operandsOf(own);
  if (name === 'yarn' && verb === 'workspace') return packageScript(name, rest);
  if (/^(?:run|run-script|rum|urn)$/.test(verb)) return kindsOfName(script);
  if (/^(?:test|t|tst)$/.test(verb)) return ['test'];
  if (name === 'npm' || /^(?:ci|install|add|check|pack)$/.test(verb)) return [];
  if (name === 'bun' && /[./]/.test(verb)) return scriptFile(verb);
  return kindsOfName(verb);
}

function taskOf(name: string, args: readonly string[]): readonly CheckKind[] {
  const targets = operandsOf(args).filter((arg) => !/^(?:run|run-many|affected)$/.test(arg));
  const named = args.flatMap((arg, index) => (arg === '-t' ? [args[index + 1] ?? ''] : []));
  if (/make$/.test(name) && targets.length === 0) return ['build'];
  return [...named, ...targets].flatMap(kindsOfName);
}

function scriptRun(name: string, args: readonly string[]): readonly CheckKind[] {
  if (args.includes('--test')) return ['test'];
  const module = args.indexOf('-m');
  if (name.startsWith('python') && module >= 0) {
    const [tool = '', ...rest] = args.slice(module + 1);
    return /^(?:unittest|doctest)$/.test(tool) ? ['test'] : kindsOf([tool, ...rest]);
  }
  if (args.some((arg) => /^(?:-e|-p|-c|--eval|--print|--check)$/.test(arg))) return [];
  const [file = '', verb = ''] = args.filter((arg) => !arg.startsWith('-'));
  if (/(?:^|\/)(?:manage\.py|artisan)$/.test(file)) return verb === 'test' ? ['test'] : [];
  return scriptFile(file);
}

/** A script that is a check by its name, such as `test.js`, `src/slug.spec.ts` or `scripts/lint.sh`. */
function scriptFile(path: string): readonly CheckKind[] {
  if (/(?:^|\/)(?:tests?|specs?|__tests__)\//.test(path)) return ['test'];
  return kindsOfName(path.replace(/^.*\//, '').replace(/\.\w+$/, ''));
}

/** What a script or target is by its name. */
function kindsOfName(name: string): readonly CheckKind[] {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/);
  const has = (...known: string[]) => known.some((word) => words.includes(word));
  if (has('watch', 'dev', 'serve', 'clean', 'update')) return [];
  if (has('types', 'typecheck', 'tsc', 'typings') || (has('type') && has('check'))) {
    return ['types'];
  }
  if (has('lint', 'eslint', 'stylelint', 'clippy', 'vet')) return ['lint'];
  if (has('format', 'prettier', 'fmt')) return has('check') ? ['lint'] : [];
  if (has('test', 'tests', 'spec', 'specs', 'e2e', 'unittest', 'mocha', 'jest', 'vitest')) {
    return ['test'];
  }
  if (has('check', 'verify', 'validate', 'ci', 'precommit')) {
    return ['test', 'lint', 'types', 'build'];
  }
  return has('build', 'compile', 'bundle', 'package', 'assemble') ? ['build'] : [];
}

const wrappers: ReadonlyArray<RegExp> = [
  /^\w+=\S*$/,
  /^(?:time|env|nice|command|exec|npx|bunx|pnpx|xvfb-run)$/,
];
const twoWordWrappers =
  /^(?:(?:pnpm|yarn|npm) (?:exec|dlx)|(?:poetry|uv|pipenv|hatch|rye|pdm) run|bundle exec|coverage run)$/;

/** The program itself, without assignments and programs that only run another. */
function unwrap(words: readonly string[]): readonly string[] {
  let rest = words;
  for (;;) {
    const [first = '', second = ''] = rest;
    if (first === 'timeout') rest = dropOptions(rest.slice(1)).slice(1);
    else if (twoWordWrappers.test(`${first} ${second}`)) rest = dropOptions(rest.slice(2));
    else if (wrappers.some((wrapper) => wrapper.test(first))) rest = dropOptions(rest.slice(1));
    else return rest;
  }
}

function dropOptions(words: readonly string[]): readonly string[] {
  const start = words.findIndex((word) => !word.startsWith('-') || word === '-m');
  if (start < 0) return [];
  return words[start] === '-m' ? ['python', ...words.slice(start)] : words.slice(start);
}

function firstOperand(args: readonly string[], optionsCount: boolean): string {
  return (optionsCount ? args[0] : operandsOf(args)[0]) ?? '';
}

/** The words that are no options; what follows `--` belongs to the script. */
function operandsOf(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  const own = end < 0 ? args : args.slice(0, end);
  return own.filter(
    (arg, index) => !arg.startsWith('-') && !optionsWithValue.test(own[index - 1] ?? ''),
  );
}
