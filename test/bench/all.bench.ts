import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { codex, tandem } from './agents';
import { changesPanelFigures } from './changesPanel.bench';
import { agentFigures, printTable, type Figure } from './figures';
import { hostLagFigures } from './hostLag.bench';
import { measureRun, type Agent, type RunFigures } from './measureRun';
import { mentionFigures } from './mentions.bench';
import { policyFigures } from './policy.bench';
import { sandboxFigures } from './sandbox.bench';
import { shadowStoreFigures } from './shadowStore.bench';
import { transcriptFigures } from './transcript.bench';

const startRuns = 10;
const steps = 200;

/** Interleaved, so that a busy moment of the machine hits all agents alike. */
async function measureAgents(agents: readonly Agent[]): Promise<Map<Agent, RunFigures[]>> {
  const runs = new Map<Agent, RunFigures[]>(agents.map((agent) => [agent, []]));
  for (let round = 0; round < startRuns; round++) {
    for (const agent of agents) {
      runs.get(agent)?.push(await measureRun(agent, { steps: round === 0 ? steps : 1 }));
    }
  }
  return runs;
}

function sizes(): Figure[] {
  const files = [
    { name: 'extension: read at activation', file: 'dist/extension.js', limit: 100 },
    { name: 'extension: the agent, on first use', file: 'dist/heavyParts.js', limit: 1950 },
    { name: 'webview first-paint bundle', file: 'dist/webview/main.js', limit: 600 },
  ];
  return files.map(({ name, file, limit }) => ({
    name,
    value: statSync(resolve(file)).size / 1024,
    unit: 'KB',
    limit,
  }));
}

async function main(peer: string | undefined): Promise<void> {
  const agents = [tandem, ...(peer === undefined ? [] : [codex(peer)])];
  const runs = await measureAgents(agents);
  const figures = agents.flatMap((agent) =>
    agentFigures(
      agent,
      runs.get(agent) ?? [],
      agent === tandem ? { startMs: 200, stepMs: 15, peakMb: 120 } : {},
    ),
  );
  const all = [
    ...figures,
    ...(await shadowStoreFigures()),
    ...(await sandboxFigures()),
    ...(await changesPanelFigures()),
    ...(await transcriptFigures()),
    ...(await hostLagFigures()),
    ...(await policyFigures()),
    ...(await mentionFigures()),
    ...sizes(),
  ];
  console.log(printTable(all));
  if (peer !== undefined) console.log(`\n${ratios(figures)}`);
  mkdirSync('out', { recursive: true });
  writeFileSync(
    'out/bench.json',
    `${JSON.stringify({ node: process.version, figures: all }, null, 2)}\n`,
  );
}

/** Ours as a share of the peer's, from the same run. */
function ratios(figures: readonly Figure[]): string {
  const half = figures.length / 2;
  return figures
    .slice(0, half)
    .map((figure, index) => {
      const peer = figures[half + index];
      const share = peer ? figure.value / peer.value : NaN;
      return `${figure.name.replace('tandem: ', 'ratio to the peer, ')}: ${share.toFixed(2)}`;
    })
    .join('\n');
}

const peer = process.env.TANDEM_BENCH_PEER;
if (peer !== undefined && !existsSync(peer)) throw new Error(`There is no program ${peer}.`);
void main(peer);
