// Runs the stages of stages.mjs, all of them even after a failure, and ends with `N passed, N failed`.
// Arguments choose: names of stages, `fast` for the quick ones, or single files such as test/e2e/review.test.ts.
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.mjs';
import { fastStages, stages } from './stages.mjs';
import { ensureSystemPackages } from './systemPackages.mjs';

const reporter = 'scripts/mochaReporter.cjs';

/** No stage may hang the run: what takes longer is ended and has failed. */
const limitMs = 12 * 60_000;
const scratch = mkdtempSync(join(tmpdir(), 'tandem-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };

process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

/** The chosen stages; a chosen file narrows its stage to itself. */
function choose(args) {
  const names = args.flatMap((arg) => (arg === 'fast' ? fastStages : [arg]));
  if (names.length === 0) return stages;
  const chosen = [];
  for (const name of names) {
    const stage = stages.find(
      (each) => each.name === name || name.startsWith(`test/${each.name}/`),
    );
    if (!stage) {
      console.error(
        `No stage is called ${name}; there are ${stages.map((s) => s.name).join(', ')}.`,
      );
      process.exit(2);
    }
    chosen.push(stage.name === name ? stage : narrow(stage, name));
  }
  return chosen;
}

function narrow(stage, file) {
  const built = join('out', file.replace(/\.tsx?$/, '.js'));
  if (stage.mocha) return { ...stage, mocha: [built] };
  return { ...stage, env: { TANDEM_TEST_FILE: built.replace(`out/test/${stage.name}/`, '') } };
}

/** Runs one stage and returns its counts; whatever it printed on the way is passed on when it failed. */
async function runStage(stage) {
  const startedAt = Date.now();
  const { counts, output } = stage.commands ? await runChecks(stage) : await runCounted(stage);
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  for (const key of Object.keys(total)) total[key] += counts[key];
  const { retried = [] } = counts;
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  const verdict = counts.failed > 0 ? 'FAILED' : 'ok';
  const summary = `${counts.passed} passed, ${counts.failed} failed${skipped}`;
  console.log(`${stage.name.padEnd(13)} ${verdict.padEnd(7)} ${summary}  (${seconds} s)`);
  for (const { test, error } of retried) {
    console.log(`    tried again: ${test}\n${error.trimEnd().replace(/^/gm, '        ')}`);
  }
  if (output.trim() && (counts.failed > 0 || process.env.TANDEM_TEST_VERBOSE === '1')) {
    console.log(output.trimEnd().replace(/^/gm, '    '));
  }
}

async function runChecks({ commands }) {
  const outputs = [];
  let failed = 0;
  for (const [command, ...args] of commands) {
    const { code, output } = await run(command, args, { quiet: true, limitMs });
    outputs.push(output);
    if (code !== 0) failed = 1;
  }
  return { counts: { passed: 1 - failed, failed, skipped: 0 }, output: outputs.join('') };
}

/** Mocha, here or inside VS Code, leaves its counts in a file; without that file the stage itself failed. */
async function runCounted({ name, mocha, timeoutMs, retries, processes, counted, env }) {
  if (mocha && globSync(mocha).length === 0) {
    return { counts: { passed: 0, failed: 0, skipped: 0 }, output: '' };
  }
  const file = join(scratch, `${name}.json`);
  const timeout = timeoutMs ? ['--timeout', String(timeoutMs)] : [];
  const again = retries ? ['--retries', String(retries)] : [];
  const several = processes ? ['--parallel', '--jobs', String(processes)] : [];
  const [command, ...args] = counted ?? [
    'mocha',
    '--exit',
    '--reporter',
    reporter,
    ...timeout,
    ...again,
    ...several,
    ...mocha,
  ];
  const { code, output } = await run(command, args, {
    quiet: true,
    limitMs,
    env: { ...env, TANDEM_TEST_COUNTS: file },
  });
  if (!existsSync(file)) return { counts: { passed: 0, failed: 1, skipped: 0 }, output };
  const counts = JSON.parse(readFileSync(file, 'utf8'));
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return { counts, output };
}

/** Runs stages that need nothing of each other, `most` at a time. */
async function runTogether(together, most = Math.min(2, availableParallelism())) {
  const queue = [...together];
  const worker = async () => {
    for (let stage = queue.shift(); stage; stage = queue.shift()) await runStage(stage);
  };
  await Promise.all(Array.from({ length: most }, worker));
}

/** Stages in order, those that run at the same time as one group. */
function neighbours(stages) {
  const groups = [];
  for (const stage of stages) {
    const last = groups.at(-1);
    if (stage.alongside && last?.at(-1).alongside) last.push(stage);
    else groups.push([stage]);
  }
  return groups;
}

function buildStages(chosen) {
  const build = { name: 'build', commands: [['node', 'esbuild.mjs']] };
  const tests = { name: 'build tests', commands: [['node', 'esbuild.mjs', 'tests']] };
  if (chosen.some(({ bundles }) => bundles === 'all')) return [build, tests];
  return chosen.some(({ bundles }) => bundles === 'tests') ? [tests] : [];
}

const chosen = choose(process.argv.slice(2));
if (chosen.some(({ system }) => system) && !(await ensureSystemPackages())) process.exit(1);
const checks = chosen.filter(({ commands }) => commands);
const counted = chosen.filter(({ commands }) => !commands);
await runTogether(buildStages(chosen));
// The longest first, so that it ends with the others.
await runTogether([...counted.filter(({ besideChecks }) => besideChecks), ...checks]);
for (const group of neighbours(counted.filter(({ besideChecks }) => !besideChecks))) {
  await runTogether(group, group.length);
}

const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
