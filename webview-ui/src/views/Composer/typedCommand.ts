import type { UserInput } from '../../../../src/protocol/input';
import type { AskedTarget } from '../../../../src/protocol/viewProtocol';
import type { HostConnection } from '../../hostConnection';

/** Sends what a command stands for. */
export type TypedCommand = (connection: HostConnection) => Promise<unknown>;

/** The request that a message stands for, where it is a command and no message. */
export function typedCommand({ text, attachments }: UserInput): TypedCommand | undefined {
  if (attachments.length > 0) return undefined;
  const typed = text.trim();
  if (typed === '/compact') return (connection) => connection.request('thread/compact', {});
  const review = /^\/review(?:\s+([^]*))?$/.exec(typed);
  return review
    ? (connection) => connection.request('review/start', reviewWish(review[1] ?? ''))
    : undefined;
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
