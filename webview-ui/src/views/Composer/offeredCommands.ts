import * as l10n from '@vscode/l10n';
import type { UserInput } from '../../../../src/protocol/input';

/** A command of the composer's menu. */
export interface OfferedCommand {
  readonly text: string;
  readonly about: string;
}

function allCommands(): readonly OfferedCommand[] {
  return [
    { text: '/compact', about: l10n.t('Summarise earlier history') },
    { text: '/review', about: l10n.t('Review changes: choose which') },
    { text: '/review uncommitted', about: l10n.t('Review what is not committed') },
    { text: '/review base', about: l10n.t('Review since a base branch') },
    { text: '/review commit', about: l10n.t('Review a commit') },
  ];
}

/** The commands that what is typed may become; none where it is a message. */
export function offeredCommands({ text, attachments }: UserInput): readonly OfferedCommand[] {
  if (!text.startsWith('/') || attachments.length > 0) return [];
  const typed = text.toLowerCase();
  return allCommands().filter((command) => command.text.startsWith(typed));
}
