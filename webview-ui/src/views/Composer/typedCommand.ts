import * as l10n from '@vscode/l10n';
import type { UserInput } from '../../../../src/protocol/input';
import type { Mode } from '../../../../src/protocol/turnContext';
import type { AskedTarget } from '../../../../src/protocol/viewProtocol';
import { joinParts } from '../../format';
import type { HostConnection } from '../../hostConnection';

/** What a command works with. */
export interface CommandTools {
  readonly connection: HostConnection;
  /** True while a turn runs. */
  readonly running: boolean;
  readonly showStatus: () => void;
}

/** Does what a command stands for. */
export interface TypedCommand {
  run(tools: CommandTools): Promise<unknown>;
  /** True where what is attached stays in the composer, for the message to come. */
  readonly keepsAttachments?: true;
  /** True where it needs neither folder nor model. */
  readonly isLocal?: true;
}

/** What is known, in the order of the menu. */
const commandNames = [
  ...(['/agent', '/plan', '/ask', '/compact', '/init', '/review', '/new', '/status'] as const),
];

/** A command as the menu offers it, perhaps with a word of its own behind it. */
export type OfferedName =
  (typeof commandNames)[number] | `${(typeof commandNames)[number]} ${string}`;

/** The command that a message stands for; undefined where it is a message. */
export function typedCommand(input: UserInput): TypedCommand | undefined {
  const [, name = '', rest = ''] = /^\s*\/([a-z]+)(?:\s+([^]*))?$/.exec(input.text) ?? [];
  const words = rest.trim();
  if (name === 'agent' || name === 'plan' || name === 'ask') {
    return modeCommand(name, { ...input, text: words });
  }
  if (name === 'new' && words !== '') return newThreadCommand({ ...input, text: words });
  if (input.attachments.length > 0) return undefined;
  switch (name) {
    case 'review':
      return { run: ({ connection }) => connection.request('review/start', reviewWish(words)) };
    case 'init':
      return { run: ({ connection }) => writeInstructions(connection, words) };
    case 'compact':
    case 'new':
    case 'status':
      return words === '' ? plainCommands[name] : undefined;
    default:
      return undefined;
  }
}

/** Why a message is neither sent nor done: it is a command that is not known, or not with words. */
export function commandProblem({ text }: UserInput): string | undefined {
  const [, name = '', words = ''] = /^\s*(\/[a-z]+)(?:\s+([^]*))?$/i.exec(text) ?? [];
  if (words.trim() === '' && name !== '' && !commandNames.some((known) => known === name)) {
    return l10n.t('There is no command {0}. These are known: {1}', name, joinParts(commandNames));
  }
  if (words.trim() !== '' && (name === '/compact' || name === '/status')) {
    return l10n.t('{0} is a command that takes no words.', name);
  }
  return undefined;
}

const plainCommands: Readonly<Record<'compact' | 'new' | 'status', TypedCommand>> = {
  compact: { run: ({ connection }) => connection.request('thread/compact', {}) },
  new: { run: ({ connection }) => connection.request('thread/start', {}), isLocal: true },
  status: {
    run: ({ showStatus }) => Promise.resolve(showStatus()),
    isLocal: true,
  },
};

/** Says it in a thread of its own; what runs in the shown one goes on there. */
function newThreadCommand(input: UserInput): TypedCommand {
  return {
    async run({ connection }) {
      await connection.request('thread/start', {});
      await connection.request('turn/start', { input });
    },
  };
}

/** Goes on in a mode, with a message where there are words: while a turn runs it waits for the next one. */
function modeCommand(mode: Mode, input: UserInput): TypedCommand {
  if (input.text === '') {
    const run = ({ connection }: CommandTools) => connection.request('settings/update', { mode });
    return { run, keepsAttachments: true, isLocal: true };
  }
  return {
    async run({ connection, running }) {
      await connection.request('settings/update', { mode });
      await connection.request(running ? 'turn/queue' : 'turn/start', { input });
    },
  };
}

/** It writes a file, so it runs in mode `agent`. */
async function writeInstructions(connection: HostConnection, words: string): Promise<void> {
  await connection.request('settings/update', { mode: 'agent' });
  await connection.request('instructions/write', { words });
}

/**
 * What `/review` is followed by: a kind of target and its name, then what to look at. Without a name, or alone, it lets the person choose;
 * other words are what to look at in what is not committed.
 */
export function reviewWish(words: string): {
  readonly target?: AskedTarget;
  readonly choose?: 'base' | 'commit';
  readonly instruction: string;
} {
  const [kind = '', name = ''] = words.split(/\s+/);
  const after = (count: number) => words.replace(new RegExp(`^(\\S+\\s*){${count}}`), '').trim();
  if (words === '') return { instruction: '' };
  if (kind === 'uncommitted') return { target: { kind }, instruction: after(1) };
  if ((kind === 'base' || kind === 'commit') && !name) return { choose: kind, instruction: '' };
  if (kind === 'base') return { target: { kind, ref: name }, instruction: after(2) };
  if (kind === 'commit') return { target: { kind, sha: name }, instruction: after(2) };
  return { target: { kind: 'uncommitted' }, instruction: words };
}
