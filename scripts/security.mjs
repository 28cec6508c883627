// npm run security [-- --check]: writes the table of tested attacks into SECURITY.md, from the titles of the tests.
import { readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './repository.mjs';
import { safetyCases, untested } from './safetyCases.mjs';

const file = join(root, 'SECURITY.md');
const start = '<!-- cases: written by `npm run security` -->';
const end = '<!-- end of cases -->';

/** Text in quotes that begins with the ids of one case or more and goes on, as titles of tests do. */
const title = /(['"`])((?:(?:[A-F]\d\d|Q\d\d)[ ,:/]+)+)((?:(?!\1)[^\\\n]|\\.)*)/g;
/** The id alone in quotes, in a file whose titles are put together from a table. */
const inTable = /(['"`])([A-F]\d\d|Q\d\d)(?=\1)()/g;
const hasTable = /\b(it|test)(\.skip)?\(`\$\{/;
const notRun = /\(not run: ([^()]*)\)/;

const found = findTests();
const missing = Object.keys(safetyCases).filter((id) => !found.has(id) && !(id in untested));
for (const id of missing) console.error(`${id} has no test and no reason: ${safetyCases[id]}`);
const text = readFileSync(file, 'utf8');
const [before, , after] = text.split(new RegExp(`(?<=${escape(start)})|(?=${escape(end)})`));
const next = `${before}\n\n${table()}\n\n${after}`;
if (process.argv.includes('--check')) {
  if (next !== text) console.error('SECURITY.md is not up to date: run `npm run security`.');
} else {
  writeFileSync(file, next);
}
if (missing.length > 0 || (process.argv.includes('--check') && next !== text)) process.exitCode = 1;

/** The tests of each case: where they are, and why one is not run here. */
function findTests() {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '--', 'test'];
  const paths = execFileSync('git', args, { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((path) => path.endsWith('.test.ts') || path.endsWith('.test.tsx'));
  const tests = new Map();
  for (const path of [...new Set(paths)].sort()) {
    const text = textOf(path);
    const named = [...text.matchAll(title), ...(hasTable.test(text) ? text.matchAll(inTable) : [])];
    for (const [, , ids, rest] of named) {
      const reason = notRun.exec(rest)?.[1];
      for (const [id] of ids.matchAll(/[A-Z]\d\d/g)) {
        tests.set(id, [...(tests.get(id) ?? []), { path, reason }]);
      }
    }
  }
  return tests;
}

/** A file that was deleted is still in the index. */
function textOf(path) {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return '';
  }
}

function table() {
  const rows = Object.entries(safetyCases).map(
    ([id, what]) => `| ${id} | ${what.replaceAll('|', '\\|')} | ${coverage(id)} |`,
  );
  return ['| Case | What is tried | Tested in |', '|---|---|---|', ...rows].join('\n');
}

function coverage(id) {
  const tests = found.get(id) ?? [];
  const run = new Set(tests.filter(({ reason }) => !reason).map(({ path }) => path));
  const reasons = new Set(tests.flatMap(({ reason }) => (reason ? [`not run: ${reason}`] : [])));
  const links = [...run].map((path) => `[${path.replace(/^.*\/|\.test\.tsx?$/g, '')}](${path})`);
  if (links.length + reasons.size === 0) return untested[id] ?? '**no test**';
  return [...links, ...reasons].join(', ');
}

function escape(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
