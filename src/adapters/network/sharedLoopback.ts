import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readlinkSync } from 'node:fs';
import { Server, type Socket } from 'node:net';
import type { ProgramStart } from '../../ports/sandbox';
import type { FromHolder, NamespaceNames, ToHolder } from './holderMessages';

/** The programs that a network is made with, by absolute path. */
export interface LoopbackPrograms {
  readonly bubblewrap: string;
  /** Joins a namespace; of util-linux. */
  readonly nsenter: string;
  /** Node, or an Electron that is run as Node. */
  readonly node: string;
  /** The bundled holder. */
  readonly holder: string;
}

/** How long the holder may take to start or to answer. */
const patienceMs = 10_000;
/** Of what the holder or bubblewrap complain, this much is kept. */
const maxComplaint = 2000;

/** A network namespace with a loopback and nothing else, which programs can join. */
export class SharedLoopback {
  private lastId = 0;
  private closed = false;
  private readonly waiting = new Map<number, (message: FromHolder, server?: Server) => void>();

  private constructor(
    private readonly holder: ChildProcess,
    private readonly nsenter: string,
    /** Descriptors of this process: a process id could be another's by the time it is used. */
    private readonly namespaces: { readonly net: number; readonly user: number },
  ) {
    holder.on('message', (message: FromHolder, handle) => {
      const server = handle instanceof Server ? handle : undefined;
      const answer = message.kind === 'ready' ? undefined : this.waiting.get(message.id);
      if (answer) answer(message, server);
      // It came too late for whoever asked.
      else server?.close();
    });
  }

  /** @throws Error where none can be made, which says why. */
  static async open({ nsenter, ...programs }: LoopbackPrograms): Promise<SharedLoopback> {
    const holder = startHolder(programs);
    try {
      const { pid, namespaces } = await readyHolder(holder);
      return new SharedLoopback(holder, nsenter, openNamespaces(pid, namespaces));
    } catch (error) {
      holder.kill('SIGKILL');
      throw error;
    }
  }

  /** The start of a program in this network. It becomes what the program was, with the same process id. */
  join({ file, args }: Pick<ProgramStart, 'file' | 'args'>): Pick<ProgramStart, 'file' | 'args'> {
    const { net, user } = this.namespaces;
    const place = (fd: number) => `/proc/${process.pid}/fd/${fd}`;
    return {
      file: this.nsenter,
      args: [
        ...[`--user=${place(user)}`, `--net=${place(net)}`, '--preserve-credentials', '--'],
        ...[file, ...args],
      ],
    };
  }

  /** Opens a port on the loopback; its connections come to this process. @throws Error where that fails. */
  openPort(): Promise<Server> {
    const id = ++this.lastId;
    let timer: NodeJS.Timeout | undefined;
    return new Promise<Server>((resolve, reject) => {
      const fail = (reason: string) => reject(new Error(reason));
      timer = setTimeout(() => fail('the holder of the network does not answer'), patienceMs);
      this.waiting.set(id, (message, server) => {
        if (message.kind === 'failed') fail(message.reason);
        else if (server) resolve(server);
        else fail('the holder of the network sent no socket');
      });
      this.holder.send({ id } satisfies ToHolder, (error) => error && fail(error.message));
    }).finally(() => {
      clearTimeout(timer);
      this.waiting.delete(id);
    });
  }

  /** Lets it go, once; what still runs in it keeps it for as long. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    if (this.holder.connected) this.holder.disconnect();
    this.holder.kill('SIGKILL');
    for (const fd of Object.values(this.namespaces)) closeSync(fd);
  }
}

/**
 * Bubblewrap takes the network away and changes nothing else: what commands may do to files and processes is the part
 * of their own sandbox. The holder runs nothing of theirs.
 */
function startHolder({ bubblewrap, node, holder }: Omit<LoopbackPrograms, 'nsenter'>) {
  const channel = 3;
  const child = spawn(
    bubblewrap,
    [
      ...['--unshare-user', '--unshare-net', '--die-with-parent', '--dev-bind', '/', '/'],
      ...['--clearenv', '--setenv', 'ELECTRON_RUN_AS_NODE', '1'],
      ...['--setenv', 'NODE_CHANNEL_FD', String(channel)],
      ...['--setenv', 'NODE_CHANNEL_SERIALIZATION_MODE', 'json'],
      ...['--', node, holder],
    ],
    { cwd: '/', env: {}, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] },
  );
  // Nothing of it keeps this process from ending.
  child.unref();
  child.channel?.unref();
  (child.stderr as Socket).unref();
  return child;
}

type Ready = Extract<FromHolder, { kind: 'ready' }>;

function readyHolder(holder: ChildProcess): Promise<Ready> {
  return new Promise((resolve, reject) => {
    let complaint = '';
    holder.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(0, maxComplaint);
    });
    const fail = (how: string) => reject(new Error(complaint.trim() || how));
    const timer = setTimeout(() => fail('the holder of the network does not start'), patienceMs);
    holder.once('message', (message: FromHolder) => {
      clearTimeout(timer);
      if (message.kind === 'ready') resolve(message);
      else fail('the holder of the network says something odd');
    });
    holder.once('error', (error) => fail(error.message));
    holder.once('close', (code) => {
      clearTimeout(timer);
      fail(`the holder of the network ended (${code ?? 'killed'})`);
    });
  });
}

/**
 * Opens the namespaces of the holder, and makes sure that they are its own: it may have ended, and its process id be
 * another's, whose network may be that of the machine.
 */
function openNamespaces(
  pid: number,
  expected: NamespaceNames,
): { readonly net: number; readonly user: number } {
  const opened: number[] = [];
  const open = (kind: keyof NamespaceNames) => {
    const fd = openSync(`/proc/${pid}/ns/${kind}`, 'r');
    opened.push(fd);
    const found = readlinkSync(`/proc/self/fd/${fd}`);
    if (found === expected[kind] && found !== readlinkSync(`/proc/self/ns/${kind}`)) return fd;
    throw new Error('the network is not the one that was made');
  };
  try {
    return { net: open('net'), user: open('user') };
  } catch (error) {
    for (const fd of opened) closeSync(fd);
    throw error;
  }
}
