import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parseJournal } from '../../src/adapters/journal/journalLines';
import type { ThreadEvent } from '../../src/protocol/events';
import { killAt, type KillPoint } from '../support/killAt';
import { runHeadless, type HeadlessResult } from '../support/runHeadless';
import {
  customCall,
  functionCall,
  message,
  respond,
  startScriptedServer,
  type Script,
} from '../support/scriptedServer';
import { makeTempFolder, type TempFolder } from '../support/tempFolder';

const allowAll = '--dangerously-bypass-approvals-and-sandbox';

/** A place to run in, with the state kept beside it. */
class Place {
  readonly folder: TempFolder = makeTempFolder({
    'ws/one.txt': 'old one\n',
    'ws/two.txt': 'old two\n',
  });

  async exec(script: Script, args: string[], env: Record<string, string> = {}) {
    const server = await startScriptedServer(script);
    const result = await runHeadless({
      args: ['exec', ...args.slice(0, -1), allowAll, ...args.slice(-1)],
      cwd: this.folder.at('ws'),
      env: {
        OPENAI_API_KEY: 'k',
        OPENAI_BASE_URL: server.baseUrl,
        TANDEM_HOME: this.folder.at('home'),
        HOME: this.folder.path,
        ...env,
      },
    });
    await server.close();
    return { result, server };
  }

  resume() {
    return this.exec(() => respond(message('Back.')), ['resume', '--last', 'second prompt']);
  }

  /** What the journal holds; empty where there is none. */
  events(): readonly ThreadEvent[] {
    const folder = this.folder.at('home', 'threads');
    const [name] = existsSync(folder)
      ? readdirSync(folder).filter((one) => one.endsWith('.jsonl'))
      : [];
    return name === undefined
      ? []
      : parseJournal(readFileSync(this.folder.at('home', 'threads', name))).events;
  }

  /** Names in a folder; none where it does not exist. */
  names(...segments: string[]): readonly string[] {
    const folder = this.folder.at(...segments);
    return existsSync(folder) ? readdirSync(folder) : [];
  }

  text(name: string): string {
    const path = this.folder.at('ws', name);
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }
}

/** True for the name of a file that is there only for a moment. */
const isTemporary = (name: string) => name.startsWith('.tandem-') || /\.[0-9a-f-]{36}$/.test(name);

const killed = ({ code }: HeadlessResult) => code === null;

/** Runs a check for the n-th call of a kind, for all n there are, two at a time. */
async function forEveryKill(
  point: KillPoint,
  script: Script,
  check: (place: Place, number: number) => Promise<void>,
): Promise<number> {
  let next = 1;
  let done = false;
  const work = async () => {
    while (!done) {
      const number = next++;
      const place = new Place();
      try {
        const { result } = await place.exec(
          script,
          ['first prompt'],
          killAt(place.folder, point, number),
        );
        if (!killed(result)) done = true;
        else await check(place, number);
      } catch (error) {
        done = true;
        throw new Error(`killed at ${point} ${number}`, { cause: error });
      } finally {
        place.folder.remove();
      }
    }
  };
  await Promise.all([work(), work()]);
  return next - 2;
}

describe('a run that is killed with kill -9', function () {
  this.timeout(300_000);

  it('at any journal write resumes with both prompts, one output per call, nothing run twice, no step lost', async () => {
    const script: Script = [
      respond(functionCall('exec_command', { cmd: 'echo x >> ran' }, 'c1')),
      respond(message('Done.')),
    ];
    const kills = await forEveryKill('journalWrite', script, async (place) => {
      const before = place.events();
      const began = before.some(({ type }) => type === 'turn.started');
      const ran = place.text('ran');
      const { result, server } = await place.resume();
      if (!began) return;
      assert.equal(result.code, 0, result.stderr);
      assert.deepEqual(server.violations, []);
      const { input } = server.requests[0]!.body;
      assert.match(JSON.stringify(input), /first prompt[^]*second prompt/);
      const shown = place.events().flatMap((event) => {
        return event.type === 'item.completed' && event.item.type === 'userMessage'
          ? [event.item.input.text]
          : [];
      });
      assert.deepEqual(shown, ['first prompt', 'second prompt']);
      const committed = before.flatMap((event) =>
        event.type === 'history.appended' ? event.items : [],
      );
      const calls = (items: readonly object[]) =>
        items.filter((item) => 'type' in item && /^function_call/.test(String(item.type)));
      assert.deepEqual(calls(input).slice(0, calls(committed).length), calls(committed));
      assert.equal(place.text('ran'), ran, 'nothing is run again');
      assert.ok(ran === '' || ran === 'x\n');
      if (ran !== '')
        assert.equal(calls(input).length, 2, 'what had an effect is told to the model');
    });
    assert.ok(kills >= 12, `${kills} kills`);
  });

  it('while a command runs leaves no process, runs nothing again, and tells the model', async () => {
    const place = new Place();
    const script: Script = [
      respond(functionCall('exec_command', { cmd: 'echo $$ > pid; sleep 301' }, 'c1')),
    ];
    const server = await startScriptedServer(script);
    try {
      const result = await runHeadless({
        args: ['exec', allowAll, 'first prompt'],
        cwd: place.folder.at('ws'),
        env: {
          OPENAI_API_KEY: 'k',
          OPENAI_BASE_URL: server.baseUrl,
          TANDEM_HOME: place.folder.at('home'),
          HOME: place.folder.path,
        },
        onStart(child) {
          const looking = setInterval(() => {
            if (place.text('pid') === '') return;
            clearInterval(looking);
            child.kill('SIGKILL');
          }, 20);
        },
      });
      assert.ok(killed(result));
      const pid = Number(place.text('pid'));
      await gone(pid);
      const resumed = await place.resume();
      assert.equal(resumed.result.code, 0, resumed.result.stderr);
      const [request] = resumed.server.requests;
      assert.match(request!.outputOf('c1')!, /interrupted/);
      assert.match(JSON.stringify(request!.body.input), /turn_interrupted/);
      assert.equal(Number(place.text('pid')), pid);
      assert.deepEqual(resumed.server.violations, []);
    } finally {
      await server.close();
      place.folder.remove();
    }
  });

  it('at any step of a patch leaves every file old or new as a whole, and goes on', async () => {
    const patch = `*** Begin Patch
*** Update File: one.txt
@@
-old one
+new one
*** Update File: two.txt
@@
-old two
+new two
*** Add File: three.txt
+new three
*** End Patch`;
    const script: Script = [
      respond(customCall('apply_patch', patch, 'c1')),
      respond(message('Done.')),
    ];
    const kills = await forEveryKill('fileStep', script, async (place) => {
      assert.match(place.text('one.txt'), /^(old|new) one\n$/);
      assert.match(place.text('two.txt'), /^(old|new) two\n$/);
      assert.match(place.text('three.txt'), /^(new three\n)?$/);
      const { result, server } = await place.resume();
      assert.equal(result.code, 0, result.stderr);
      assert.match(server.requests[0]!.outputOf('c1')!, /interrupted/);
      assert.deepEqual(server.violations, []);
      assert.deepEqual(
        place.names('ws').filter(isTemporary),
        [],
        'nothing of the killed run is left',
      );
      assert.deepEqual(place.names('home', 'writes'), []);
    });
    assert.ok(kills >= 6, `${kills} kills`);
  });

  it('at any replacing of a file beside its journal leaves nothing of it once the thread is open again', async () => {
    const script: Script = [respond(message('Done.'))];
    const kills = await forEveryKill('replace', script, async (place) => {
      assert.equal(place.names('home', 'threads').filter(isTemporary).length, 1);
      const { result } = await place.resume();
      assert.equal(result.code, 0, result.stderr);
      assert.deepEqual(place.names('home', 'threads').filter(isTemporary), []);
    });
    assert.ok(kills >= 2, `${kills} kills`);
  });
});

/** Resolves when a process is gone. @throws Error after a minute */
async function gone(pid: number): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (
    execFileSync('ps', ['-o', 'pid=', '-e'], { encoding: 'utf8' })
      .split(/\s+/)
      .includes(String(pid))
  ) {
    if (Date.now() > deadline) throw new Error(`process ${pid} is still there`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
