import * as l10n from '@vscode/l10n';
import type { UserInput } from '../../../../src/protocol/input';
import type { OfferedName } from './typedCommand';
import type { MenuEntry } from './useMenu';

/** A command of the composer's menu; its label is what is typed. */
export interface OfferedCommand extends MenuEntry {
  /** True where words may follow it. */
  readonly takesWords: boolean;
  /** True where attachments stay with it. */
  readonly takesAttachments: boolean;
}

/** The commands that what is typed may become; none where it is a message. */
export function offeredCommands({ text, attachments }: UserInput): readonly OfferedCommand[] {
  if (!text.startsWith('/')) return [];
  const typed = text.toLowerCase();
  return commands().filter(
    ({ label, takesAttachments }) =>
      label.startsWith(typed) && (takesAttachments || attachments.length === 0),
  );
}

function commands(): readonly OfferedCommand[] {
  return [
    mode('/agent', l10n.t('Change files: go on in mode Agent')),
    mode('/plan', l10n.t('Plan first: go on in mode Plan')),
    mode('/ask', l10n.t('Only answer: go on in mode Ask')),
    command('/compact', l10n.t('Summarise earlier history')),
    command('/init', l10n.t('Have an AGENTS.md written for this folder'), true),
    command('/review', l10n.t('Review changes: choose which'), true),
    command('/review uncommitted', l10n.t('Review what is not committed'), true),
    command('/review base', l10n.t('Review since a base branch'), true),
    command('/review commit', l10n.t('Review a commit'), true),
    command('/new', l10n.t('Start a new thread'), true),
    command('/status', l10n.t('Show connection, model, sandbox and use')),
  ];
}

function mode(label: OfferedName, about: string): OfferedCommand {
  return { key: label, label, about, takesWords: true, takesAttachments: true };
}

function command(label: OfferedName, about: string, takesWords = false): OfferedCommand {
  return { key: label, label, about, takesWords, takesAttachments: false };
}
