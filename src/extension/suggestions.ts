import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Search } from '../ports/search';
import type { Suggestion } from '../protocol/viewProtocol';

const searchTimeoutMs = 3000;
const testName =
  /^tests?\.[cm]?[jt]sx?$|[._-](test|spec)\.[cm]?[jt]sx?$|^test_.+\.py$|_test\.(go|py)$/;
const testFolders = ['', 'test', 'tests', 'spec', '__tests__', 'src'];

/** Up to three things worth asking in a folder (absolute); each look is cheap and none of them runs its code. */
export async function findSuggestions(
  folder: string,
  search: Search,
): Promise<readonly Suggestion[]> {
  const [test, todo] = await Promise.all([findTest(folder), findTodo(folder, search)]);
  const explain: Suggestion = {
    kind: 'explain',
    label: 'Explain how this project is built',
    subject: 'built',
    prompt: 'Explain how this project is built',
  };
  return [...(test ? [test] : []), ...(todo ? [todo] : []), explain];
}

async function findTest(folder: string): Promise<Suggestion | undefined> {
  const subject = (await testOfScript(folder)) ?? (await firstTestFile(folder));
  if (subject === undefined) return undefined;
  return {
    kind: 'test',
    label: `Fix the failing test in ${subject}`,
    subject,
    prompt: `Run the tests and fix what fails in ${subject}`,
  };
}

/** The file that the `test` script of package.json names, where it names one. */
async function testOfScript(folder: string): Promise<string | undefined> {
  try {
    const manifest: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const script = (manifest as { scripts?: { test?: unknown } } | null)?.scripts?.test;
    if (typeof script !== 'string') return undefined;
    for (const word of script.split(/\s+/)) {
      const path = word.replace(/^["']|["']$/g, '').replace(/^\.\//, '');
      if (/^[\w./-]+\.\w+$/.test(path) && !path.includes('..') && (await isFile(folder, path))) {
        return path;
      }
    }
  } catch {
    // No package.json, or not one a person would call readable: other signs are looked for.
  }
  return undefined;
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

async function findTodo(folder: string, search: Search): Promise<Suggestion | undefined> {
  try {
    const { text } = await search.search(
      { pattern: '\\bTODO\\b', path: folder, cwd: folder, maxResults: 1 },
      AbortSignal.timeout(searchTimeoutMs),
    );
    const subject = /^(?:\.\/)?([^:\n]+:\d+):/m.exec(text)?.[1];
    if (subject === undefined) return undefined;
    return {
      kind: 'todo',
      label: `Finish the TODO in ${subject}`,
      subject,
      prompt: `Finish the TODO in ${subject}`,
    };
  } catch {
    return undefined;
  }
}

async function isFile(folder: string, path: string): Promise<boolean> {
  return (await stat(join(folder, path)).catch(() => undefined))?.isFile() ?? false;
}
