import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parseJournal } from '../../src/adapters/journal/journalLines';
import type { ThreadEvent } from '../../src/protocol/events';
import { killAt } from '../support/killAt';
import { runHeadless } from '../support/runHeadless';
import {
  functionCall,
  message,
  respond,
  startScriptedServer,
  withUsage,
  type Script,
} from '../support/scriptedServer';
import { makeTempFolder, type TempFolder } from '../support/tempFolder';

const script: Script = [
  withUsage(respond(functionCall('exec_command', { cmd: 'echo the old output' }, 'c1')), {
    inputTokens: 250_000,
  }),
  respond(message('The summary.')),
  respond(message('Done.')),
];

async function exec(folder: TempFolder, steps: Script, args: string[], env = {}) {
  const server = await startScriptedServer(steps);
  const result = await runHeadless({
    args: ['exec', ...args.slice(0, -1), '-s', 'full-access', ...args.slice(-1)],
    cwd: folder.at('ws'),
    env: {
      OPENAI_API_KEY: 'k',
      OPENAI_BASE_URL: server.baseUrl,
      TANDEM_HOME: folder.at('home'),
      HOME: folder.path,
      ...env,
    },
  });
  await server.close();
  return { result, server };
}

function storedEvents(folder: TempFolder): readonly ThreadEvent[] {
  const threads = folder.at('home', 'threads');
  if (!existsSync(threads)) return [];
  const name = readdirSync(threads).find((one) => one.endsWith('.jsonl'));
  return name ? parseJournal(readFileSync(folder.at('home', 'threads', name))).events : [];
}

describe('a compaction that is killed with kill -9', function () {
  this.timeout(120_000);

  it('at any journal write leaves either the whole old history or the whole new one', async () => {
    const seen = new Set<string>();
    for (let number = 1; ; number++) {
      const folder = makeTempFolder({ 'ws/a.txt': 'a\n' });
      try {
        const kill = killAt(folder, 'journalWrite', number);
        const { result } = await exec(folder, script, ['first prompt'], kill);
        if (result.code !== null) break;
        const events = storedEvents(folder);
        const began = events.some(
          (event) => event.type === 'item.started' && event.item.type === 'compaction',
        );
        if (!began) continue;
        const replaced = events.some(({ type }) => type === 'history.compacted');
        seen.add(replaced ? 'new' : 'old');
        const back = await exec(folder, () => respond(message('Back.')), [
          'resume',
          '--last',
          'second prompt',
        ]);
        assert.equal(back.result.code, 0, back.result.stderr);
        assert.deepEqual(back.server.violations, []);
        const inputs = back.server.requests.map(({ body }) => JSON.stringify(body.input));
        assert.match(inputs[0]!, replaced ? /The summary\./ : /the old output/);
        assert.doesNotMatch(inputs[0]!, replaced ? /the old output/ : /The summary\./);
        assert.match(inputs.at(-1)!, /first prompt[^]*second prompt/);
        assertEveryCompactionEnds(storedEvents(folder));
      } finally {
        folder.remove();
      }
    }
    assert.deepEqual([...seen], ['old', 'new']);
  });
});

function assertEveryCompactionEnds(events: readonly ThreadEvent[]): void {
  const idsOf = (type: 'item.started' | 'item.completed') =>
    events.flatMap((event) =>
      event.type === type && event.item.type === 'compaction' ? [event.item.id] : [],
    );
  assert.deepEqual(idsOf('item.completed'), idsOf('item.started'));
}
