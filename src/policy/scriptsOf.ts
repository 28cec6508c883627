import { baseName, relativeToRoot, resolvePath } from '../base/paths';
import { isShell, isWrapper, runsAnything } from './programKinds';
import type { SeenCommand } from './seenCommands';

/** Files that tell a program what to run, in the folder it starts in, one above it, or one it is told. */
const manifests: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    ['npm', 'npx', 'pnpm', 'yarn', 'bun'].map((name) => [name, ['package.json']]),
  ),
  ...Object.fromEntries(
    ['make', 'gmake'].map((name) => [name, ['Makefile', 'makefile', 'GNUmakefile']]),
  ),
  cmake: ['CMakeLists.txt'],
  ninja: ['build.ninja'],
  docker: ['Dockerfile', 'compose.yaml', 'compose.yml', 'docker-compose.yml'],
  cargo: ['Cargo.toml', 'build.rs'],
  pytest: ['conftest.py', 'pyproject.toml', 'pytest.ini'],
  mocha: ['.mocharc.js', '.mocharc.cjs', '.mocharc.json', '.mocharc.yml'],
  just: ['justfile'],
  gradle: ['build.gradle', 'build.gradle.kts'],
  rake: ['Rakefile'],
  tox: ['tox.ini'],
};
/** Programs that run the test files they are named, or those in the folders they are named. */
const testRunners = new Set(
  'mocha pytest jest vitest ava tap rspec phpunit npm pnpm yarn bun'.split(' '),
);

/** Where scripts are looked for. */
export interface ScriptGround {
  readonly root: string;
  /** Files that the agent wrote in this thread, relative to the root. */
  readonly editedPaths: ReadonlySet<string>;
}

/**
 * Files inside the root that a command runs rather than reads, as absolute paths: the script of an interpreter, a
 * program named by its path, the manifest of a task runner, a test that the agent wrote. What is named but absent is
 * among them; a folder stands for whatever is in it.
 * @param folder absolute folder it runs in.
 */
export function scriptsOf(
  { words, sources }: Pick<SeenCommand, 'words' | 'sources'>,
  folder: string,
  { root, editedPaths }: ScriptGround,
): readonly string[] {
  const [program = '', ...args] = words.map((word) => word ?? '');
  const name = baseName(program);
  const files = Object.hasOwn(manifests, name) ? manifests[name]! : [];
  const operands = args.flatMap(pathsIn);
  const above = foldersUpTo(root, folder);
  const inside = (path: string) => relativeToRoot(root, folder, path) !== undefined;
  const named = [
    ...(program.includes('/') ? [program] : []),
    ...[...above, ...foldersTold(args)].flatMap((place) => files.map((file) => `${place}/${file}`)),
    ...(isShell(program) || runsAnything(program) ? [...operands, ...sources] : []),
    // Node takes a name without its ending.
    ...(isInterpreter(program) ? operands.map((path) => `${path}.js`) : []),
  ].filter(inside);
  const tests = testRunners.has(name) ? editedAmong(operands.filter(inside)) : [];
  return [...named, ...tests].map((path) => resolvePath(folder, path));

  function editedAmong(paths: readonly string[]): readonly string[] {
    const places = paths.map((path) => relativeToRoot(root, folder, path.split('::')[0]!));
    return [...editedPaths]
      .filter((path) => places.some((at) => at === '.' || at === path || path.startsWith(`${at}/`)))
      .map((path) => `${root}/${path}`);
  }
}

/** True where a folder that a command names is run, rather than worked on or told by a manifest. */
export function runsFolders({ words: [program = ''] }: Pick<SeenCommand, 'words'>): boolean {
  return isInterpreter(program) && !Object.hasOwn(manifests, baseName(program));
}

/** What may name files among the words of any command, for one that runs what it is fed. */
export function pathsNamed({ words }: Pick<SeenCommand, 'words'>): readonly string[] {
  return words.slice(1).flatMap((word) => pathsIn(word ?? ''));
}

function isInterpreter(program: string): boolean {
  return runsAnything(program) && !isWrapper(program);
}

/** A folder and those above it, up to the root. */
function foldersUpTo(root: string, folder: string): readonly string[] {
  const inside = relativeToRoot(root, root, folder);
  if (inside === undefined) return [];
  const segments = inside === '.' ? [] : inside.split('/');
  return [root, ...segments.map((_, index) => `${root}/${segments.slice(0, index + 1).join('/')}`)];
}

/** What an option may name as the folder to work in; of other words only what looks like a path, for most are tasks. */
function foldersTold(args: readonly string[]): readonly string[] {
  return args.flatMap((arg, index) => {
    const told = arg.startsWith('-') || args[index - 1]?.startsWith('-');
    return told || /[./]/.test(arg) ? pathsIn(arg) : [];
  });
}

/** `src`, `--prefix=src`, `-Csrc`, `A=--require=src`: each may name a file. */
function pathsIn(word: string): readonly string[] {
  const values = word.split('=').map((_, index, all) => all.slice(index).join('='));
  const glued = /^-[a-zA-Z]./.test(word) ? [word.slice(2)] : [];
  return [...values, ...glued].filter(looksLikeFile);
}

/** Longer names are none on any disk. */
function looksLikeFile(text: string): boolean {
  return text !== '' && !text.startsWith('-') && !/\n|[^/]{85}/u.test(text);
}
