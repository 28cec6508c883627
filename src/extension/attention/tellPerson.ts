import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Host } from '../host';
import { showError } from '../showError';
import { showMessage } from '../showMessage';
import { wordsOf } from './newsWords';
import { Notifier } from './notifier';
import { ViewBadge } from './viewBadge';
import { ViewProgress } from './viewProgress';

/** Everything outside of the view that tells the person how threads are doing; nothing of it takes the focus. */
export function tellPerson(host: Host): Disposable {
  const { attention, surfaces, review, settings, log } = host;
  const store = new DisposableStore();
  const notifier = new Notifier({
    policy: () => settings.get('notifications'),
    isPresent: () => vscode.window.state.focused,
    isInSight: (threadId) => surfaces.isInSight(threadId),
    async show(news) {
      const show = vscode.l10n.t('Show');
      return (await showMessage('information', wordsOf(news), show)) === show;
    },
    open: (threadId) => surfaces.show(threadId),
  });
  store.add(
    attention.onNews((news) => {
      notifier.tell(news).catch((error: unknown) => showError(log, 'show', error));
    }),
  );
  store.add(
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) notifier.personCame();
      attention.look();
    }),
  );
  store.add(surfaces.onDidChangeSight(() => attention.look()));
  store.add(new ViewBadge(attention, review, surfaces.sideView));
  store.add(new ViewProgress(surfaces.inSideView));
  return store;
}
