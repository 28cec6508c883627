import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as nodePty from 'node-pty';
import { createPtyTerminals } from '../../src/adapters/pty/ptyTerminals';
import { noSandbox } from '../../src/adapters/sandbox/noSandbox';
import { reportTerminal } from '../../src/agent/commandReport';
import { Emitter } from '../../src/base/emitter';
import { ViewBridge, type ViewHandlers } from '../../src/extension/viewBridge';
import type { ThreadEventBody } from '../../src/protocol/events';
import type { HostMessage } from '../../src/protocol/viewProtocol';
import { EventLog } from '../../src/threads/eventLog';
import { settings } from '../e2e/viewPage/states';
import { sampleContext } from '../support/sampleContext';
import { makeTempFolder } from '../support/tempFolder';
import { printTable, type Figure } from './figures';

/*
 * How late the host's event loop is while much comes in: events of a thread with 10,000 items, and a command that
 * prints 100 MB. Each event goes through the log, the fold and the bridge, and each message is made JSON as VS Code does.
 */

const items = 10_000;
const eventsPerSecond = 10_000;
const seconds = 5;
const turnId = 'turn-1';
const log = { info() {}, warn() {}, error() {} };
const journal = { append() {}, sync: async () => {}, close() {}, isHeld: () => true };
const never = new AbortController().signal;

interface Host {
  readonly emit: (body: ThreadEventBody) => void;
  /** Updates the view was sent so far. */
  readonly updates: () => number;
}

/** A thread with all its items in one turn, shown by a view that takes what it is sent. */
async function openHost(): Promise<Host> {
  const events = new EventLog('thread-1', { now: () => 0 } as never, () => journal, log);
  const input = { text: 'Go on', attachments: [] };
  events.emit({ type: 'thread.started', cwd: '/work' });
  events.emit({ type: 'turn.started', turnId, input, context: sampleContext('/work') });
  const output = 'line of output\n'.repeat(20);
  const ran = { status: 'completed', cwd: '/work', exitCode: 0, readOnly: false, output } as const;
  for (let index = 0; index < items; index++) {
    const command = { ...ran, type: 'commandExecution', command: 'node x' } as const;
    events.emit({ type: 'item.started', turnId, item: { ...command, id: `item-${index}` } });
  }
  const live = { ...ran, status: 'inProgress', output: '' } as const;
  const item = { ...live, type: 'commandExecution', id: 'live', command: 'yes' } as const;
  events.emit({ type: 'item.started', turnId, item });
  let updates = 0;
  const bridge: ViewBridge = new ViewBridge({
    post(message: HostMessage) {
      JSON.stringify(message);
      if (message.kind !== 'notification' || message.name !== 'thread/events') return;
      updates += 1;
      const params = { receipt: message.params.receipt };
      setTimeout(() => void bridge.receive({ id: 2, name: 'view/received', params }), 5);
    },
    handlers: {} as ViewHandlers,
    shown: {
      get state() {
        return events.state;
      },
      onDidChange: new Emitter<void>().event,
      onEvent: events.onEvent,
      restore: async () => {},
    },
    settings: { current: async () => settings, onDidChange: new Emitter<void>().event },
    log,
    onReady: () => undefined,
  });
  await bridge.receive({ id: 1, name: 'view/ready', params: {} });
  return { emit: (body) => events.emit(body), updates: () => updates };
}

/** The lag that 99 of 100 moments stay below, in milliseconds. */
async function lagWhile(act: () => Promise<void>): Promise<number> {
  const resolutionMs = 1;
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  await act();
  delay.disable();
  return delay.percentile(99) / 1e6 - resolutionMs;
}

async function emitMany({ emit }: Host): Promise<void> {
  const startedAt = performance.now();
  let sent = 0;
  while (sent < eventsPerSecond * seconds) {
    const due = ((performance.now() - startedAt) / 1000) * eventsPerSecond;
    for (; sent < due; sent++) {
      const delta = { kind: 'output', text: `${sent} ` } as const;
      emit({ type: 'item.delta', turnId, itemId: 'live', delta });
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

async function printMuch({ emit }: Host, cwd: string): Promise<void> {
  const terminals = createPtyTerminals({
    ...{ cwd, loadPty: () => nodePty, shell: '/bin/bash' },
    environment: async () => ({ PATH: process.env.PATH ?? '' }),
    sandbox: noSandbox(() => 'not measured here'),
  });
  const command = "yes 'forty characters of output in one line' | head -c 100000000";
  const terminal = await terminals.open({ command, cwd, tty: false });
  const showOutput = (text: string) =>
    emit({ type: 'item.delta', turnId, itemId: 'live', delta: { kind: 'output', text } });
  await reportTerminal(terminal, {
    ...{ yieldMs: 300_000, maxOutputTokens: 10_000 },
    context: { signal: never, showOutput } as never,
  });
  await terminals.killAll();
}

/** The lag of the host under load. */
export async function hostLagFigures(): Promise<Figure[]> {
  const folder = makeTempFolder();
  try {
    const many = await openHost();
    const eventsLag = await lagWhile(() => emitMany(many));
    const printing = await openHost();
    const outputLag = await lagWhile(() => printMuch(printing, folder.path));
    return [
      { name: 'host: lag at 10,000 events a second, p99', value: eventsLag, unit: 'ms', limit: 50 },
      {
        ...{ name: 'host: updates of the view meanwhile', value: many.updates() / seconds },
        ...{ unit: '/s', limit: 60 },
      },
      { name: 'host: lag at 100 MB of output, p99', value: outputLag, unit: 'ms', limit: 50 },
    ];
  } finally {
    folder.remove();
  }
}

if (process.argv[1]?.includes('hostLag')) {
  void hostLagFigures().then((figures) => console.log(printTable(figures)));
}
