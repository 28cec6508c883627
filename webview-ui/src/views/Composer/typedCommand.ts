import type { UserInput } from '../../../../src/protocol/input';

/** The request that a message stands for, where it is a command and no message. */
export function typedCommand({ text, attachments }: UserInput): 'thread/compact' | undefined {
  return text.trim() === '/compact' && attachments.length === 0 ? 'thread/compact' : undefined;
}
