import type { UserInput } from '../../../../src/protocol/input';

/** A command of the composer's menu. */
export interface OfferedCommand {
  readonly text: string;
  readonly about: string;
}

const commands: readonly OfferedCommand[] = [
  { text: '/compact', about: 'Summarise earlier history' },
  { text: '/review', about: 'Review changes: choose which' },
  { text: '/review uncommitted', about: 'Review what is not committed' },
  { text: '/review base', about: 'Review since a base branch' },
  { text: '/review commit', about: 'Review a commit' },
];

/** The commands that what is typed may become; none where it is a message. */
export function offeredCommands({ text, attachments }: UserInput): readonly OfferedCommand[] {
  if (!text.startsWith('/') || attachments.length > 0) return [];
  const typed = text.toLowerCase();
  return commands.filter((command) => command.text.startsWith(typed));
}
