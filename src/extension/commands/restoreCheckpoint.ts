import * as vscode from 'vscode';
import type { CheckpointRef } from '../../protocol/checkpoints';
import { writesSince } from '../../protocol/checkpointFold';
import { runningTurn, type ThreadState, type TurnState } from '../../protocol/threadState';
import { pickText } from '../pickText';
import { RequestError } from '../requestError';
import type { Command } from './command';

interface CheckpointItem extends vscode.QuickPickItem {
  readonly checkpoint: CheckpointRef;
}

/** Lets the person pick a checkpoint of the shown thread; the view then shows what going back to it would do. */
export const restoreCheckpoint: Command = {
  id: 'tandem.restoreCheckpoint',
  async run({ shown, view }) {
    await shown.restore();
    const { state, readOnly } = shown;
    if (!state || state.turns.length === 0) {
      throw new RequestError('notFound', vscode.l10n.t('There is nothing to restore yet.'));
    }
    if (readOnly || runningTurn(state)) {
      throw new RequestError(
        'busy',
        vscode.l10n.t('A turn is running: stop it, or restore after it has ended.'),
      );
    }
    const placeHolder = vscode.l10n.t('Go back to before…');
    const picked = await vscode.window.showQuickPick(listCheckpoints(state), {
      placeHolder,
      matchOnDescription: true,
    });
    if (!picked) return;
    await view.reveal();
    view.tell('checkpoint/chosen', { checkpoint: picked.checkpoint });
  },
};

/** The newest turn first; below each the calls of it that wrote. */
function listCheckpoints(state: ThreadState): CheckpointItem[] {
  return state.turns
    .toReversed()
    .flatMap((turn) => [
      itemOf(state, { turnId: turn.id }, `$(comment) ${pickText(wordsOf(turn))}`, turn.startedAt),
      ...state.writes
        .filter(({ turnId }) => turnId === turn.id)
        .map(({ turnId, itemId, at }) =>
          itemOf(state, { turnId, itemId }, `    $(edit) ${pickText(callOf(turn, itemId))}`, at),
        ),
    ]);
}

function itemOf(
  state: ThreadState,
  checkpoint: CheckpointRef,
  label: string,
  at: number,
): CheckpointItem {
  const since = writesSince(state, checkpoint) ?? [];
  const files = new Set(since.flatMap((write) => write.files.map(({ path }) => path))).size;
  const time = new Date(at).toLocaleString(vscode.env.language);
  const changed =
    files === 1
      ? vscode.l10n.t('1 file changed since')
      : vscode.l10n.t('{0} files changed since', files);
  return { label, description: `${time} · ${changed}`, checkpoint };
}

function wordsOf({ entries }: TurnState): string {
  const said = entries.find((entry) => entry.type === 'userMessage');
  const text = said?.type === 'userMessage' ? said.input.text : '';
  return oneLine(text) || vscode.l10n.t('(nothing said)');
}

function callOf({ entries }: TurnState, itemId: string): string {
  const item = entries.find(({ id }) => id === itemId);
  if (item?.type === 'commandExecution') return oneLine(item.command);
  const paths = item?.type === 'fileChange' ? item.changes.map(({ path }) => path) : [];
  return vscode.l10n.t('edit of {0}', paths.join(', ') || vscode.l10n.t('files'));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 100);
}
