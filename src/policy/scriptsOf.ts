import { baseName, relativeToRoot, resolvePath } from '../base/paths';
import { isShell, runsAnything } from './programKinds';

/** Files that tell a program what to run, in the folder it starts in. */
const manifests: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    ['npm', 'npx', 'pnpm', 'yarn', 'bun'].map((name) => [name, ['package.json']]),
  ),
  make: ['Makefile', 'makefile', 'GNUmakefile'],
  cargo: ['Cargo.toml', 'build.rs'],
  pytest: ['conftest.py', 'pyproject.toml', 'pytest.ini'],
  just: ['justfile'],
  gradle: ['build.gradle', 'build.gradle.kts'],
  rake: ['Rakefile'],
  tox: ['tox.ini'],
};

/**
 * Files inside the root that a command runs rather than reads, as absolute paths: the script of an interpreter, a
 * program named by its path, the manifest of a task runner. What is named but absent is among them.
 */
export function scriptsOf(words: readonly string[], root: string, cwd: string): readonly string[] {
  const [program = '', ...args] = words;
  const name = baseName(program);
  const named = [
    ...(program.includes('/') ? [program] : []),
    ...(Object.hasOwn(manifests, name) ? manifests[name]! : []),
    ...(isShell(program) || runsAnything(program) ? args.filter(looksLikeFile) : []),
  ];
  return named
    .filter((path) => relativeToRoot(root, cwd, path) !== undefined)
    .map((path) => resolvePath(cwd, path));
}

function looksLikeFile(arg: string): boolean {
  return !arg.startsWith('-') && !/\s/.test(arg);
}
