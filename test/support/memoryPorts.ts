import { createHash } from 'node:crypto';
import { Emitter } from '../../src/base/emitter';
import type { ContentStore, TreeChange } from '../../src/ports/contentStore';
import type { Model, ModelEvent, ModelRequest } from '../../src/ports/model';
import type { Terminal, Terminals } from '../../src/ports/terminal';
import type { ThreadStore } from '../../src/ports/threadStore';
import {
  EditConflictError,
  type FileEdit,
  type FileTouch,
  type WorkspaceFiles,
} from '../../src/ports/workspaceFiles';
import type { ThreadEvent } from '../../src/protocol/events';
import type { ThreadPorts } from '../../src/threads/threadPorts';
import { agreeingParser, fakeMachine } from './policyDoubles';

/** What happens at every call into a port; throws to make that call fail. */
export type FaultHook = (call: string) => void;

/** Ports that live in memory, for the many runs of property and fault tests. */
export interface MemoryPorts extends ThreadPorts {
  /** The stored events of each thread. */
  readonly stored: ReadonlyMap<string, readonly ThreadEvent[]>;
  /** What the model was sent, as it was then. */
  readonly requests: readonly ModelRequest[];
  readonly contentsOf: ReadonlyMap<string, Uint8Array>;
  /** Commands that ran. */
  readonly commands: readonly string[];
}

/** How a scripted model answers its n-th request. */
export type Answer = (request: ModelRequest, signal: AbortSignal) => AsyncIterable<ModelEvent>;

export interface MemoryOptions {
  readonly answer: (index: number) => Answer;
  readonly onCall?: FaultHook;
}

/** Makes ports around a scripted model; every call goes through `onCall` first. */
export function createMemoryPorts(options: MemoryOptions): MemoryPorts {
  const onCall = options.onCall ?? (() => {});
  const stored = new Map<string, ThreadEvent[]>();
  const requests: ModelRequest[] = [];
  const files = new Map<string, Uint8Array>();
  const commands: string[] = [];
  let now = 0;
  const model: Model = {
    stream(request, signal) {
      onCall('model.stream');
      requests.push({ ...request, input: [...request.input] });
      return options.answer(requests.length - 1)(request, signal);
    },
  };
  return {
    stored,
    requests,
    contentsOf: files,
    commands,
    model,
    store: memoryStore(stored, onCall),
    clock: {
      now: () => ++now,
      monotonic: () => performance.now(),
      today: () => '2026-01-01',
      timeZone: () => 'UTC',
      wait: async () => {},
    },
    log: { info() {}, warn() {}, error() {} },
    sandbox: {
      unavailable: undefined,
      check: async () => {},
      confine: async (start) => ({ ...start, release: () => {} }),
    },
    shellParser: agreeingParser,
    machine: fakeMachine(),
    reviewDiffs: () => ({ read: async () => ({ files: [], how: '' }) }),
    search: {
      async search() {
        onCall('search');
        return { text: 'a.txt:1:found\n', cut: false };
      },
    },
    hiddenFiles: () => ({
      isHidden: () => false,
      below: () => [],
      list: async () => [],
      ruleFiles: [],
    }),
    instructionFiles: {
      async read() {
        onCall('instructionFiles.read');
        return [];
      },
    },
    files: (root) => memoryFiles(root, files, onCall),
    terminals: () => memoryTerminals(commands, onCall),
    contents: () => memoryContents(files, onCall),
  };
}

function memoryStore(stored: Map<string, ThreadEvent[]>, onCall: FaultHook): ThreadStore {
  const journal = (events: ThreadEvent[]) => ({
    append(more: readonly ThreadEvent[]) {
      onCall('journal.append');
      events.push(...more.map((event) => JSON.parse(JSON.stringify(event)) as ThreadEvent));
    },
    async sync() {
      onCall('journal.sync');
    },
    isHeld: () => true,
    close() {},
  });
  const eventsOf = (id: string) => stored.get(id) ?? [];
  return {
    create(id) {
      onCall('store.create');
      const events: ThreadEvent[] = [];
      stored.set(id, events);
      return journal(events);
    },
    open: (id) => ({ journal: journal(eventsOf(id)), thread: { events: [...eventsOf(id)] } }),
    read: (id) => ({ events: [...eventsOf(id)] }),
    list: () => [...stored.keys()].map((id) => ({ id, title: '', cwd: '/w', updatedAt: 0 })),
    search: async () => [],
    delete: (id) => void stored.delete(id),
  };
}

function memoryFiles(
  root: string,
  files: Map<string, Uint8Array>,
  onCall: FaultHook,
): WorkspaceFiles {
  return {
    root,
    onDidChange: new Emitter<FileTouch>().event,
    async read(path) {
      onCall('files.read');
      return files.get(path) ?? null;
    },
    pathOfTarget: async (path) => path,
    isExecutable: async () => false,
    setLink: async () => undefined,
    async apply(edits: readonly FileEdit[]) {
      onCall('files.apply');
      for (const { path, expected } of edits) {
        if (!sameBytes(files.get(path) ?? null, expected)) throw new EditConflictError(path);
      }
      for (const { path, bytes } of edits) {
        if (bytes) files.set(path, bytes);
        else files.delete(path);
      }
      return [];
    },
  };
}

function sameBytes(one: Uint8Array | null, other: Uint8Array | null): boolean {
  return one === other || (!!one && !!other && Buffer.compare(one, other) === 0);
}

/** A command prints its own text; `fail` ends with 1, `hang` runs until it is killed. */
function memoryTerminals(commands: string[], onCall: FaultHook): Terminals {
  const open = new Map<number, Terminal>();
  let lastId = 0;
  return {
    shellName: 'bash',
    get running() {
      return [...open.values()].filter((terminal) => terminal.running);
    },
    get: (id) => open.get(id),
    async killAll() {
      for (const terminal of open.values()) await terminal.kill();
    },
    async open({ command }) {
      onCall('terminals.open');
      commands.push(command);
      const terminal = memoryTerminal(++lastId, command, onCall);
      open.set(terminal.id, terminal);
      return terminal;
    },
  };
}

function memoryTerminal(id: number, command: string, onCall: FaultHook): Terminal {
  const data = new Emitter<string>();
  const exit = new Emitter<number>();
  let exitCode = command.includes('hang') ? undefined : command.includes('fail') ? 1 : 0;
  return {
    id,
    command,
    confined: true,
    onData: data.event,
    onExit: exit.event,
    get running() {
      return exitCode === undefined;
    },
    takenOver: false,
    write: () => onCall('terminal.write'),
    typeAsPerson() {},
    handBack() {},
    watch: (listener) => data.event(listener),
    resize() {},
    async take({ signal }) {
      onCall('terminal.take');
      data.fire(`${command}\n`);
      if (exitCode === undefined && !signal.aborted) await nextTick();
      return {
        text: `${command}\n`,
        omittedBytes: 0,
        wallMs: 1,
        ...(exitCode === undefined ? {} : { exitCode }),
      };
    },
    async kill() {
      onCall('terminal.kill');
      if (exitCode !== undefined) return;
      exitCode = 137;
      exit.fire(exitCode);
    },
  };
}

export function memoryContents(
  files: Map<string, Uint8Array>,
  onCall: FaultHook = () => {},
): ContentStore {
  const contents = new Map<string, Uint8Array>();
  const trees: Map<string, string>[] = [];
  const idOf = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest('hex');
  const put = (bytes: Uint8Array) => {
    const id = idOf(bytes);
    contents.set(id, bytes);
    return id;
  };
  return {
    notes: () => [],
    idOf,
    async snapshot() {
      onCall('contents.snapshot');
      trees.push(new Map([...files].map(([path, bytes]) => [path, put(bytes)])));
      return String(trees.length - 1);
    },
    async diff(from, to): Promise<readonly TreeChange[]> {
      onCall('contents.diff');
      const [one, other] = [trees[Number(from)], trees[Number(to)]];
      const paths = new Set([...(one?.keys() ?? []), ...(other?.keys() ?? [])]);
      return [...paths].flatMap((path) => {
        const [before, after] = [one?.get(path) ?? null, other?.get(path) ?? null];
        return before === after ? [] : [{ path, before, after }];
      });
    },
    async put(bytes) {
      onCall('contents.put');
      return put(bytes);
    },
    async get(id) {
      onCall('contents.get');
      const bytes = contents.get(id);
      if (!bytes) throw new Error('never stored');
      return bytes;
    },
    async trim() {},
    async forget(ids) {
      for (const id of ids) contents.delete(id);
    },
  };
}

/** Resolves when everything that can go on has gone on. */
export function nextTick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
