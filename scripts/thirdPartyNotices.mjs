import { globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { root } from './repository.mjs';

/** Shipped as files instead of being bundled. */
const shippedWhole = ['node-pty', 'tree-sitter-bash'];

/** The licences of every package in the bundles, which their source maps name. */
export function thirdPartyNotices() {
  const folders = new Set(shippedWhole.map((name) => join(root, 'node_modules', name)));
  for (const map of globSync('dist/**/*.map', { cwd: root, exclude: ['dist/node_modules'] })) {
    const { sources } = JSON.parse(readFileSync(join(root, map), 'utf8'));
    for (const source of sources) {
      const folder = packageFolder(resolve(root, dirname(map), source));
      if (folder) folders.add(folder);
    }
  }
  const notices = [...folders].sort().map(notice);
  return `Tandem contains these packages.\n\n${notices.join('\n')}`;
}

/** The folder of the package a file belongs to; undefined for our own files. */
function packageFolder(file) {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file)?.[0];
}

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((each) => /^licen[sc]e/i.test(each));
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : `Licence: ${license}`;
  return `${'-'.repeat(80)}\n${name} ${version} (${license})\n\n${text}\n`;
}
