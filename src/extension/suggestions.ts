import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import type { Search } from '../ports/search';
import type { Suggestion } from '../protocol/viewProtocol';

const searchTimeoutMs = 3000;
const testName =
  /^tests?\.[cm]?[jt]sx?$|[._-](test|spec)\.[cm]?[jt]sx?$|^test_.+\.py$|_test\.(go|py)$/;
const testFolders = ['', 'test', 'tests', 'spec', '__tests__', 'src'];

/**
 * Things worth asking in a folder (absolute), each true as it is said: what is shown is what is asked. Each look is cheap
 * and none of them runs anything of the folder.
 */
export async function findSuggestions(
  folder: string,
  search: Search,
): Promise<readonly Suggestion[]> {
  const [test, mark] = await Promise.all([findTest(folder), findMark(folder, search)]);
  const built = l10n.t('Explain how this project is built');
  const explain: Suggestion = { kind: 'explain', label: built, subject: '', prompt: built };
  return [...(test ? [test] : []), ...(mark ? [mark] : []), explain];
}

async function findTest(folder: string): Promise<Suggestion | undefined> {
  const manifest = await readTestScript(folder);
  const file = manifest?.file ?? (await firstTestFile(folder));
  if (file !== undefined) {
    const label = l10n.t('Run the tests and fix what fails in {0}', file);
    return { kind: 'test', label, subject: file, prompt: label };
  }
  const command = manifest ? 'npm test' : await findTestCommand(folder);
  if (command === undefined) return undefined;
  const label = l10n.t('Run {0} and fix what fails', command);
  return { kind: 'test', label, subject: command, prompt: label };
}

/** Files that tell how a project is tested, where nothing names a test file. */
const testCommands: readonly (readonly [file: string, command: string])[] = [
  ['Cargo.toml', 'cargo test'],
  ['go.mod', 'go test ./...'],
  ['pytest.ini', 'pytest'],
  ['pom.xml', 'mvn test'],
  ['gradlew', './gradlew test'],
];

async function findTestCommand(folder: string): Promise<string | undefined> {
  for (const [file, command] of testCommands) {
    if (await isFile(folder, file)) return command;
  }
  return undefined;
}

/** The `test` script of package.json and the file that it names; undefined where there is none that tests. */
async function readTestScript(folder: string): Promise<{ readonly file?: string } | undefined> {
  try {
    const manifest: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const script = (manifest as { scripts?: { test?: unknown } } | null)?.scripts?.test;
    // What npm writes into a new package.
    if (typeof script !== 'string' || script.includes('no test specified')) return undefined;
    for (const word of script.split(/\s+/)) {
      const file = word.replace(/^["']|["']$/g, '').replace(/^\.\//, '');
      if (/^[\w./-]+\.\w+$/.test(file) && !file.includes('..') && (await isFile(folder, file))) {
        return { file };
      }
    }
    return {};
  } catch {
    // No package.json, or not one a person would call readable: other signs are looked for.
    return undefined;
  }
}

async function firstTestFile(folder: string): Promise<string | undefined> {
  for (const name of testFolders) {
    const entries = await readdir(join(folder, name), { withFileTypes: true }).catch(() => []);
    const found = entries
      .filter((entry) => entry.isFile() && testName.test(entry.name))
      .map((entry) => entry.name)
      .sort()[0];
    if (found !== undefined) return name ? `${name}/${found}` : found;
  }
  return undefined;
}

async function findMark(folder: string, search: Search): Promise<Suggestion | undefined> {
  try {
    const { text } = await search.search(
      { pattern: '\\b(TODO|FIXME)\\b', path: folder, cwd: folder, maxResults: 1 },
      AbortSignal.timeout(searchTimeoutMs),
    );
    const found = /^(?:\.\/)?([^:\n]+:\d+):(.*)/m.exec(text);
    const [, subject, line = ''] = found ?? [];
    if (subject === undefined) return undefined;
    const label = /\bTODO\b/.test(line)
      ? l10n.t('Finish the TODO in {0}', subject)
      : l10n.t('Resolve the FIXME in {0}', subject);
    return { kind: 'todo', label, subject, prompt: label };
  } catch {
    return undefined;
  }
}

async function isFile(folder: string, path: string): Promise<boolean> {
  return (await stat(join(folder, path)).catch(() => undefined))?.isFile() ?? false;
}
