// Builds the bundles: node esbuild.mjs [extension] [webview] [headless] [demo] [tests] [--watch]
// Without names it builds all but the tests.
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import * as esbuild from 'esbuild';
import { openaiClientOnly } from './scripts/openaiClientOnly.mjs';

const shared = {
  bundle: true,
  logLevel: 'warning',
  loader: { '.md': 'text', '.ttf': 'file' },
  legalComments: 'none',
};

/** Node programs: `node-pty` is native and ripgrep brings a binary, so both stay outside. */
const node = {
  ...shared,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['vscode', 'node-pty', '@vscode/ripgrep'],
  minify: true,
  keepNames: true,
  plugins: [openaiClientOnly],
  // Its other form finds its own address in a way that bundles of this format do not have.
  alias: { 'web-tree-sitter': resolve('node_modules/web-tree-sitter/web-tree-sitter.cjs') },
  sourcemap: 'linked',
};

/** The second parser of shell lines, as it is loaded from beside the bundles. */
const parserFiles = [
  'node_modules/web-tree-sitter/web-tree-sitter.wasm',
  'node_modules/tree-sitter-bash/tree-sitter-bash.wasm',
];

/** Started inside the network of confined commands, where nothing else of ours is. */
const loopbackHolder = { loopbackHolder: 'src/adapters/network/loopbackHolderMain.ts' };

const bundles = {
  extension: {
    ...node,
    entryPoints: {
      extension: 'src/extension/extension.ts',
      heavyParts: 'src/extension/heavyParts.ts',
      ...loopbackHolder,
    },
    // Activation reads the small file only; the agent loads with the first thread or view.
    external: [...node.external, './heavyParts'],
    supported: { 'dynamic-import': false },
    outdir: 'dist',
  },
  headless: {
    ...node,
    entryPoints: {
      headless: 'src/headless/main.ts',
      headlessProgram: 'src/headless/headlessProgram.ts',
      ...loopbackHolder,
    },
    external: [...node.external, './headlessProgram'],
    supported: { 'dynamic-import': false },
    outdir: 'dist',
    banner: { js: '#!/usr/bin/env node' },
  },
  demo: { ...node, entryPoints: { demoModel: 'demo/main.ts' }, outdir: 'dist' },
  webview: {
    ...shared,
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    splitting: true,
    minify: true,
    sourcemap: 'linked',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    entryPoints: { main: 'webview-ui/src/main.tsx' },
    outdir: 'dist/webview',
  },
  tests: {
    ...shared,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    packages: 'external',
    external: ['vscode'],
    sourcemap: 'inline',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    entryPoints: ['test', 'bench', 'entry'].map((kind) => `test/**/*.${kind}.ts`),
    outbase: '.',
    outdir: 'out',
  },
};

const args = process.argv.slice(2);
const watch = args.includes('--watch');
const wanted = args.filter((arg) => !arg.startsWith('--'));
const names = wanted.length > 0 ? wanted : ['extension', 'headless', 'demo', 'webview'];

for (const name of names) {
  const options = bundles[name];
  if (!options) {
    console.error(`No bundle is called ${name}; there are ${Object.keys(bundles).join(', ')}.`);
    process.exit(2);
  }
  if (name === 'tests') {
    await rm('out/test', { recursive: true, force: true });
  }
  if (name === 'webview') await rm('dist/webview', { recursive: true, force: true });
  if (name === 'extension' || name === 'headless') await copyParser();
  if (watch) await (await esbuild.context(options)).watch();
  else await esbuild.build(options);
}

async function copyParser() {
  await mkdir('dist', { recursive: true });
  for (const file of parserFiles) await copyFile(file, `dist/${basename(file)}`);
}
