// Stages what is shipped in out/package and makes a .vsix of it for the platform it runs on. node-pty is native,
// so it goes along as files: its JavaScript and the one prebuilt binary that fits.
import { chmod, cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './repository.mjs';
import { run } from './run.mjs';
import { thirdPartyNotices } from './thirdPartyNotices.mjs';

const limitBytes = 3_000_000;
const target = `${process.platform}-${process.arch}`;
const staging = join(root, 'out', 'package');

const { values } = parseArgs({ options: { out: { type: 'string' } } });
const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const vsix = resolve(root, values.out ?? `${manifest.name}-${target}-${manifest.version}.vsix`);

await must('node', ['esbuild.mjs']);
await rm(staging, { recursive: true, force: true });
await mkdir(staging, { recursive: true });
for (const path of [
  'dist',
  'media',
  'l10n',
  'package.nls.json',
  'package.nls.de.json',
  'package.nls.zh-cn.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  '.vscodeignore',
]) {
  if (existsSync(join(root, path)))
    await cp(join(root, path), join(staging, path), { recursive: true });
}
await stageManifest();
await stageTerminal();
await writeFile(join(staging, 'THIRD_PARTY_NOTICES.txt'), thirdPartyNotices());
await must('vsce', [
  'package',
  '--no-dependencies',
  '--allow-missing-repository',
  '--no-rewrite-relative-links',
  ...['--target', target, '--out', vsix],
]);
const { size } = await stat(vsix);
console.log(`${vsix}  ${(size / 1e6).toFixed(2)} MB`);
if (size > limitBytes) {
  console.error(`It may have ${limitBytes / 1e6} MB at most.`);
  process.exitCode = 1;
}

/** What only the clone needs stays out. */
async function stageManifest() {
  const shipped = Object.entries(manifest).filter(
    ([name]) => !['scripts', 'devDependencies', 'private'].includes(name),
  );
  await writeFile(
    join(staging, 'package.json'),
    JSON.stringify(Object.fromEntries(shipped), null, 2),
  );
}

async function stageTerminal() {
  const from = join(root, 'node_modules', 'node-pty');
  const to = join(staging, 'dist', 'node_modules', 'node-pty');
  const binaries = join('prebuilds', target);
  if (!existsSync(join(from, binaries))) {
    throw new Error(`node-pty has no prebuilt binary for ${target}.`);
  }
  const isShipped = (path) => !/\.(pdb|map|test\.js)$/.test(path);
  for (const path of ['package.json', 'LICENSE', 'lib', binaries]) {
    await cp(join(from, path), join(to, path), { recursive: true, filter: isShipped });
  }
  const helper = join(to, binaries, 'spawn-helper');
  if (existsSync(helper)) await chmod(helper, 0o755);
}

async function must(command, args) {
  const cwd = command === 'vsce' ? staging : root;
  const { code, output } = await run(command, args, { quiet: true, cwd });
  if (code === 0) return;
  console.error(output.trim());
  process.exit(1);
}
