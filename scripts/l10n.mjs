// npm run l10n [-- --check]: writes the texts of the sources into l10n/bundle.l10n.json, and says what a language
// lacks, has too much of, or says with other places (`{0}`, `code`) than the English text.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import l10nDev from '@vscode/l10n-dev';
import prettier from 'prettier';
import { root } from './repository.mjs';

/** The languages Tandem speaks besides English, as VS Code names them. */
const languages = ['de', 'zh-cn'];
const bundleFile = 'l10n/bundle.l10n.json';
const check = process.argv.includes('--check');

const faults = [];
const texts = await readSources();
const bundle = await prettier.format(JSON.stringify(texts), { parser: 'json', printWidth: 100 });
const stored = existsSync(join(root, bundleFile)) ? read(bundleFile) : '';
if (!check) writeFileSync(join(root, bundleFile), bundle);
else if (bundle !== stored) faults.push(`${bundleFile} is not up to date: run \`npm run l10n\`.`);
const manifest = readManifest();
for (const language of languages) {
  compare(`l10n/bundle.l10n.${language}.json`, texts);
  compare(`package.nls.${language}.json`, manifest);
}
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;

/** The texts of every `l10n.t`, by their key in a bundle, sorted. */
async function readSources() {
  const args = [
    'ls-files',
    '--cached',
    '--others',
    '--exclude-standard',
    '--',
    'src',
    'webview-ui',
  ];
  const paths = execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\n');
  const sources = [...new Set(paths)]
    .filter((path) => /\.tsx?$/.test(path) && existsSync(join(root, path)))
    .map((path) => ({ extension: extname(path), contents: read(path) }))
    .filter(({ contents }) => contents.includes('l10n.t('));
  const found = {};
  // All files at once take the library a fraction of the time, but it may lose its place; those are read again.
  for (const extension of ['.ts', '.tsx']) {
    const contents = sources
      .filter((source) => source.extension === extension)
      .map((source) => source.contents)
      .join('\n');
    Object.assign(found, await l10nDev.getL10nJson([{ extension, contents }]));
  }
  const lost = sources.filter(({ contents }) => callsNotFound(contents, found).length > 0);
  Object.assign(found, await l10nDev.getL10nJson(lost));
  for (const { contents } of lost) {
    for (const call of callsNotFound(contents, found)) faults.push(`No text was read of ${call}`);
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The library passes silently over what it cannot read. */
function callsNotFound(contents, found) {
  const calls = /\bl10n\.t\(\s*(?:\{\s*message:\s*)?((["'])(?:\\.|(?!\2).)*\2)/g;
  return [...contents.matchAll(calls)].flatMap(([call, quoted]) => {
    const text = quoted.slice(1, -1).replace(/\\(.)/g, '$1');
    const known = Object.keys(found).some((key) => key === text || key.startsWith(`${text}/`));
    return known ? [] : [call];
  });
}

/** The texts of the manifest by their names, which are those it uses. */
function readManifest() {
  const named = JSON.parse(read('package.nls.json'));
  const used = new Set([...read('package.json').matchAll(/"%([^%"]+)%"/g)].map(([, name]) => name));
  for (const name of used) if (!(name in named)) faults.push(`package.nls.json lacks ${name}`);
  for (const name of Object.keys(named)) {
    if (!used.has(name)) faults.push(`package.nls.json has too much: ${name}`);
  }
  return named;
}

function compare(file, english) {
  const said = existsSync(join(root, file)) ? JSON.parse(read(file)) : {};
  for (const [key, text] of Object.entries(english)) {
    const translated = said[key];
    if (!translated) faults.push(`${file} lacks ${JSON.stringify(key)}`);
    else if (placesOf(text.message ?? text) !== placesOf(translated)) {
      faults.push(`${file} has other places in ${JSON.stringify(key)}`);
    }
  }
  for (const key of Object.keys(said)) {
    if (!(key in english)) faults.push(`${file} has too much: ${JSON.stringify(key)}`);
  }
}

/** What a translation keeps as it is: `{0}`, and code in backticks. */
function placesOf(text) {
  return [...text.matchAll(/\{\d+\}|`[^`]+`/g)]
    .map(([place]) => place)
    .sort()
    .join(' ');
}

function read(path) {
  return readFileSync(join(root, path), 'utf8');
}
