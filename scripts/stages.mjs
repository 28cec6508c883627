/** What is looked at in every theme and at every width takes as long as the rest of the view. */
const everywhere = 'accessibility|elements|language|pictures';

/**
 * The stages of `npm test`, in order. A stage is a list of commands that count as one check together, or the
 * mocha tests of a folder, each counted. `bundles` says which bundles must be built before. `retries`, only
 * where real windows, shells, sandboxes and networks are driven, says how often a failed test is tried again; what
 * needed it is printed. Neighbours that are `alongside` run at the same time: they mostly wait; what is `besideChecks`
 * does so with the commands. `processes` is how many run the files of a stage.
 */
export const stages = [
  {
    name: 'format',
    commands: [
      ['prettier', '--check', '--cache', '--cache-strategy', 'content', '--log-level', 'warn', '.'],
    ],
  },
  {
    name: 'types',
    commands: [
      ['tsc', '-p', '.'],
      ['tsc', '-p', 'webview-ui'],
    ],
  },
  { name: 'lint', commands: [['eslint', '--max-warnings', '0', '.']] },
  { name: 'layers', commands: [['npm', 'run', '-s', 'layers']] },
  {
    name: 'unit',
    bundles: 'tests',
    mocha: ['out/test/unit/**/*.test.js'],
    retries: 1,
    processes: 2,
    besideChecks: true,
  },
  {
    name: 'extension',
    bundles: 'all',
    system: true,
    counted: ['node', 'out/test/support/host/runExtensionTests.entry.js'],
  },
  {
    name: 'transcripts',
    bundles: 'all',
    mocha: ['out/test/transcripts/**/*.test.js'],
    retries: 1,
    alongside: true,
  },
  {
    name: 'view',
    bundles: 'all',
    system: true,
    mocha: [`out/test/e2e/viewPage/!(${everywhere}).test.js`],
    timeoutMs: 240_000,
    retries: 1,
    alongside: true,
  },
  {
    name: 'themes',
    bundles: 'all',
    system: true,
    mocha: [`out/test/e2e/viewPage/@(${everywhere}).test.js`],
    timeoutMs: 240_000,
    retries: 1,
    alongside: true,
  },
  { name: 'architecture', bundles: 'all', mocha: ['out/test/architecture/**/*.test.js'] },
  {
    name: 'e2e',
    bundles: 'all',
    system: true,
    mocha: ['out/test/e2e/*.test.js'],
    timeoutMs: 240_000,
    retries: 1,
    alongside: true,
  },
  // What takes much of the machine for a while: floods, fork bombs, hostile repositories, generated scripts. Windows wait.
  {
    name: 'attacks',
    bundles: 'tests',
    mocha: ['out/test/attacks/**/*.test.js'],
    retries: 1,
    alongside: true,
  },
  {
    name: 'package',
    bundles: 'all',
    system: true,
    mocha: ['out/test/e2e/package/*.test.js'],
    timeoutMs: 300_000,
    retries: 1,
  },
];

/** The fast part, `npm run check`. */
export const fastStages = ['format', 'types', 'lint', 'layers', 'unit'];
