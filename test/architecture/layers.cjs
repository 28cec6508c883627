/**
 * Which folder may import which; `npm run layers` checks it on every import, type imports included.
 * A folder may always import itself. The reasons stand in `src/README.md`.
 */
const layers = {
  base: [],
  protocol: [],
  ports: ['protocol', 'base'],
  policy: ['ports', 'protocol', 'base'],
  changes: ['ports', 'protocol', 'base'],
  agent: ['policy', 'ports', 'protocol', 'base'],
  tools: ['agent/tool', 'agent/commandReport', 'changes', 'ports', 'protocol', 'base'],
  models: ['protocol'],
  threads: ['tools', 'models', 'agent', 'changes', 'policy', 'ports', 'protocol', 'base'],
  adapters: ['ports', 'protocol', 'base'],
  extension: [
    ...['threads', 'adapters', 'models', 'tools', 'changes', 'policy', 'ports', 'protocol', 'base'],
  ],
  headless: ['threads', 'adapters', 'models', 'tools', 'ports', 'protocol', 'base'],
};

const withNode = ['adapters', 'extension', 'headless'];

/** A tool file may import the tool interface only, not the whole agent. */
const target = (folder) => (folder.includes('/') ? `^src/${folder}\\.ts$` : `^src/${folder}/`);

const layerRules = Object.entries(layers).map(([folder, allowed]) => ({
  name: `layer-${folder}`,
  comment: `src/${folder} may import ${allowed.join(', ') || 'nothing'} of ours.`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: {
    path: '^(src|webview-ui|test|demo)/',
    pathNot: [`^src/${folder}/`, ...allowed.map(target)],
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: 'vscode-only-in-extension',
      comment: 'The agent runs without VS Code, so only its host folder may know it.',
      severity: 'error',
      from: { pathNot: '^(src/extension|test/extension)/' },
      to: { path: '(^vscode$|@types/vscode)' },
    },
    {
      name: 'node-only-at-the-edges',
      comment: 'The agent reaches the outside through ports only.',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(${withNode.join('|')})/` },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'view-sees-the-protocol-only',
      comment: 'The view is a projection of events; it runs in a browser.',
      severity: 'error',
      from: { path: '^webview-ui/' },
      to: { path: '^(src|test|demo)/', pathNot: '^src/protocol/' },
    },
    {
      name: 'tools-are-islands',
      comment: 'A tool never imports another tool; only the index knows them all.',
      severity: 'error',
      from: { path: '^src/tools/', pathNot: '^src/tools/index\\.ts$' },
      to: { path: '^src/tools/' },
    },
    {
      name: 'no-product-import-of-tests',
      comment: 'Tests know the product, never the other way round.',
      severity: 'error',
      from: { path: '^(src|webview-ui|demo)/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-cycles',
      comment: 'Files that need each other are one idea in two files.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'nothing-unresolvable',
      comment: 'A mistyped import must not go unnoticed.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.mjs', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'types', 'default'],
    },
  },
};
