import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { parseJournal } from '../../src/adapters/journal/journalLines';
import { runHeadless } from '../support/runHeadless';
import { makeTempFolder, type TempFolder } from '../support/tempFolder';

/** Times a host is killed before it may end its work. */
const killsPerThread = 3;
/** A host is killed this long after its start, in milliseconds: from before its first request to some turns later. */
const killedAfterMs = [250, 2000] as const;

/** Hosts that are killed with kill -9 in the middle of their work, and resumed. */
export class SoakKills {
  kills = 0;
  private draws = 0;

  constructor(private readonly baseUrl: string) {}

  /** One thread whose hosts are killed again and again. @throws Error where something was lost or is left. */
  async round(): Promise<void> {
    const place = makeTempFolder({ 'ws/a.txt': 'number one\n' });
    try {
      for (let kill = 0; kill < killsPerThread; kill++) await this.run(place, this.nextMoment());
      const { code, stderr } = await this.run(place, undefined);
      if (code !== 0) throw new Error(`A killed thread did not go on: ${stderr}`);
      requireWhole(place);
    } finally {
      place.remove();
    }
  }

  private async run(place: TempFolder, killAfterMs: number | undefined) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const begun = journals(place).length > 0;
    const result = await runHeadless({
      args: [
        'exec',
        ...(begun ? ['resume', '--last'] : []),
        '--dangerously-bypass-approvals-and-sandbox',
        'Work.',
      ],
      cwd: place.at('ws'),
      env: {
        OPENAI_API_KEY: 'k',
        OPENAI_BASE_URL: this.baseUrl,
        TANDEM_HOME: place.at('home'),
        HOME: place.path,
      },
      onStart: (child) => {
        if (killAfterMs !== undefined) timer = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
      },
    });
    clearTimeout(timer);
    if (result.code === null) this.kills += 1;
    await requireNobody(place);
    return result;
  }

  /** Spread evenly and never the same, by the golden ratio. */
  private nextMoment(): number {
    const [from, to] = killedAfterMs;
    return from + ((this.draws++ * 0.618_034) % 1) * (to - from);
  }
}

function journals(place: TempFolder): readonly string[] {
  const folder = place.at('home', 'threads');
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.jsonl')) : [];
}

/** Every turn ended, no command ran twice, nothing half-written stayed. */
function requireWhole(place: TempFolder): void {
  for (const name of journals(place)) {
    const { events, damagedLines } = parseJournal(readFileSync(place.at('home/threads', name)));
    const started = events.filter(({ type }) => type === 'turn.started').length;
    const ended = events.filter(({ type }) =>
      /^turn\.(completed|interrupted|failed)$/.test(type),
    ).length;
    if (started !== ended || damagedLines > 0) throw new Error('A killed thread is not whole.');
  }
  const path = place.at('ws/log.txt');
  const lines = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
  if (new Set(lines).size !== lines.length) throw new Error('A command ran twice.');
  const left = readdirSync(place.at('ws')).filter((name) => name.startsWith('.tandem-'));
  if (left.length > 0) throw new Error(`A killed host left ${left.join(', ')}.`);
}

/** No process is left that a killed host had started. */
async function requireNobody(place: TempFolder): Promise<void> {
  for (let waited = 0; ; waited += 50) {
    const left = processesIn(place.path);
    if (left.length === 0) return;
    if (waited > 5000) throw new Error(`A killed host left the processes ${left.join(', ')}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function processesIn(folder: string): readonly string[] {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readlinkSync(`/proc/${name}/cwd`).startsWith(folder);
    } catch {
      return false;
    }
  });
}
