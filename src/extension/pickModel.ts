import * as vscode from 'vscode';
import { DisposableStore } from '../base/disposable';
import { modelChoices } from '../models';
import type { Host } from './host';
import { pickText } from './pickText';

/** A model in the list. */
export interface ModelItem extends vscode.QuickPickItem {
  readonly id: string;
}

/**
 * Lets the person pick a model in `picker`: the ones we know at once, the server's as soon as it has said which it has,
 * and any id that is typed. Undefined where they leave.
 */
export async function pickModel(
  picker: vscode.QuickPick<vscode.QuickPickItem>,
  { settings, models }: Pick<Host, 'settings' | 'models'>,
): Promise<string | undefined> {
  const store = new DisposableStore();
  const current = settings.get('model');
  let known: readonly ModelItem[] = [];

  function read(): void {
    const choices = modelChoices(current, settings.get('wireApi'), models.served);
    known = choices.map(({ id, label, contextWindow }) => ({
      id,
      label: pickText(label),
      description: id === current ? vscode.l10n.t('in use') : '',
      detail: vscode.l10n.t('reads {0} tokens', contextWindow.toLocaleString(vscode.env.language)),
    }));
    draw();
  }
  function draw(): void {
    const typed = picker.value.trim();
    const isNew = typed !== '' && !known.some(({ id }) => id === typed);
    const own: ModelItem = {
      id: typed,
      label: pickText(typed),
      description: vscode.l10n.t('use this id'),
      alwaysShow: true,
    };
    picker.items = isNew ? [...known, own] : known;
  }

  return new Promise<string | undefined>((resolve) => {
    const end = (id: string | undefined) => {
      resolve(id);
      store.dispose();
      picker.dispose();
    };
    picker.placeholder = vscode.l10n.t('Model of the next turns: choose one, or type its id');
    picker.busy = true;
    store.add(picker.onDidChangeValue(draw));
    store.add(
      picker.onDidAccept(() => end((picker.selectedItems[0] as ModelItem | undefined)?.id)),
    );
    store.add(picker.onDidHide(() => end(undefined)));
    picker.show();
    read();
    void models.load().then(() => {
      read();
      picker.busy = false;
    });
  });
}
