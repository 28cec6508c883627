import { createLocalMachine } from '../../src/adapters/shell/localMachine';
import { createTreeSitterParser } from '../../src/adapters/shell/treeSitterParser';
import { decide, type PolicySituation } from '../../src/policy/decide';
import { Grants } from '../../src/policy/grants';
import { makeTempFolder } from '../support/tempFolder';
import { spread, type Figure } from './figures';

const rounds = 20;
/** As many as an agent edits in days. */
const manyEdits = 1000;
/** Digests are kept of what did not change just now. */
const settledMs = 2500;

/** What agents run all day. */
const typical = [
  'ls -la src',
  'rg -n "createThread" src test | head -n 20',
  'git status --short && git diff --stat',
  "sed -n '1,200p' src/index.ts",
  'npm test 2>&1 | tail -n 40',
  'cd packages/app && cat package.json && node -e "console.log(1)"',
  "cat > notes.md <<'E'\n# Notes\n\n- one\n- two\nE",
  'for file in src/*.ts; do wc -l "$file"; done',
];

/** What was made to be slow to judge. */
const worst = [
  'true; '.repeat(2_000),
  'git a; '.repeat(1_300),
  'git '.repeat(2_000),
  'rm '.repeat(2_700),
  `echo ${'a'.repeat(1_000_000)}`,
  'git push '.repeat(110_000),
  `${'cd a; '.repeat(49)}cat x`,
  `echo ${'$('.repeat(3_000)}${')'.repeat(3_000)}`,
  '('.repeat(3_000),
  '`'.repeat(8_001),
  '"'.repeat(8_001),
  `${'if true; then '.repeat(500)}ls`,
  `xargs ${'rm '.repeat(2_700)}`,
  `echo ${"'a'".repeat(2_700)}`,
  `git ${'a '.repeat(30_000)}`,
  `${'git reset '.repeat(13_000)}--hard`,
  `${'x'.repeat(8_000)}(){`,
  `cat ${'a '.repeat(4_000)}`,
  `cat ${'a '.repeat(190)}; `.repeat(20),
  `sudo node ${'-C a '.repeat(1_600)}`,
  `sudo node ${Array.from({ length: 190 }, (_, at) => `-C ${at % 20 ? 'src' : at}`).join(' ')}`,
  `xargs npm ${Array.from({ length: 99 }, () => '--prefix src').join(' ')}`,
  `${Array.from({ length: 60 }, (_, at) => `cd d${at}`).join(';')}; sudo make -C src -C test a b c`,
  `${'pushd src test; '.repeat(40)} git -C src -C test status`,
  `find . ${"\\( -name '*.ts' -o -name '*.js' \\) ".repeat(190)}`,
];

/** How long it takes to decide about a command, everyday ones and the slowest there are. */
export async function policyFigures(): Promise<Figure[]> {
  const shellParser = createTreeSitterParser();
  const machine = createLocalMachine({ environment: async () => process.env, shell: '/bin/bash' });
  const startedAt = performance.now();
  await Promise.all([shellParser.load(), machine.load()]);
  const loadMs = performance.now() - startedAt;
  const situation: PolicySituation = {
    ...{ mode: 'agent', approvalPolicy: 'untrusted', sandboxMode: 'workspace-write' },
    ...{ sandboxUnavailable: undefined, grants: new Grants(), root: process.cwd() },
    ...{
      shellParser,
      machine,
      outsideContent: undefined,
      editedPaths: new Set<string>(),
    },
  };
  const time = (command: string, ground = situation): number => {
    const before = performance.now();
    const access = { command, cwd: ground.root, unusualShell: false, escalated: false } as const;
    const verdict = decide({ kind: 'command', ...access }, ground);
    const tookMs = performance.now() - before;
    if (verdict.kind === 'ask' && verdict.grant) ground.grants.remember(verdict.grant);
    return tookMs;
  };
  const everyday = typical.flatMap((line) => Array.from({ length: rounds }, () => time(line)));
  const approved = await afterManyEdits(situation, (ground) => time('npm test', ground));
  const slowest = worst.map((line) => Math.min(...Array.from({ length: 5 }, () => time(line))));
  return [
    { name: 'command parser, loaded once', value: loadMs, unit: 'ms' },
    { name: 'decision about a command', value: spread(everyday).median, unit: 'ms', limit: 5 },
    {
      name: `the same outside a sandbox, ${manyEdits} edited files`,
      value: approved,
      unit: 'ms',
      limit: 10,
    },
    {
      name: 'decision about the worst command',
      value: Math.max(...slowest),
      unit: 'ms',
      limit: 50,
    },
  ];
}

/** Decides again and again about what was approved, in a folder where the agent edited many files a while ago. */
async function afterManyEdits(
  situation: PolicySituation,
  timeIn: (ground: PolicySituation) => number,
): Promise<number> {
  const paths = Array.from({ length: manyEdits }, (_, at) => `src/${at}.ts`);
  const folder = makeTempFolder(Object.fromEntries(paths.map((path) => [path, 'x'.repeat(5000)])));
  try {
    await new Promise((resolve) => setTimeout(resolve, settledMs));
    const ground: PolicySituation = {
      ...situation,
      ...{ root: folder.path, grants: new Grants(), editedPaths: new Set(paths) },
      sandboxUnavailable: () => 'none here',
    };
    // The first asks and reads all of them.
    return spread(Array.from({ length: rounds + 1 }, () => timeIn(ground)).slice(1)).median;
  } finally {
    folder.remove();
  }
}
