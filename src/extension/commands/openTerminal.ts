import * as vscode from 'vscode';
import type { WatchedTerminal } from '../../threads/takenTerminals';
import type { Host } from '../host';
import { pickText } from '../pickText';
import { RequestError } from '../requestError';
import type { Command } from './command';

interface RunningCommand {
  readonly command: WatchedTerminal;
  /** Title of its thread. */
  readonly title: string;
}

/** Opens a command of the agent that runs as a terminal; the person chooses where several run. */
export const openTerminal: Command = {
  id: 'tandem.openTerminal',
  async run(host) {
    const running = await findRunning(host);
    const chosen = running.length > 1 ? await choose(running) : running[0]?.command;
    if (running.length === 0) {
      throw new RequestError('notFound', vscode.l10n.t('No command of the agent is running.'));
    }
    if (chosen) host.terminals.show(chosen);
  },
};

/** The running commands of this window's threads, those of the shown thread first. */
async function findRunning({ shown }: Host): Promise<readonly RunningCommand[]> {
  await shown.restore();
  const threads = (await shown.all()).opened();
  const first = threads.filter((thread) => thread === shown.current);
  return [...first, ...threads.filter((thread) => thread !== shown.current)].flatMap(
    ({ terminals, state }) => terminals.running.map((command) => ({ command, title: state.title })),
  );
}

async function choose(running: readonly RunningCommand[]): Promise<WatchedTerminal | undefined> {
  const items = running.map(({ command, title }) => ({
    label: pickText(command.command),
    description: pickText(title),
    command,
  }));
  const placeHolder = vscode.l10n.t('Open the terminal of a running command');
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))
    ?.command;
}
