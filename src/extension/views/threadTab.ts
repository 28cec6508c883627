import * as vscode from 'vscode';
import { DisposableStore } from '../../base/disposable';
import { Emitter } from '../../base/emitter';
import type { HostNotificationName, HostNotifications } from '../../protocol/viewProtocol';
import { plainLine } from '../pickText';
import type { Shown } from '../shownThread';
import type { SurfaceView } from '../surfaces/surface';
import { ThreadPage, type MakeBridge } from './threadPage';

export const threadTabType = 'tandem.threadTab';

/** An editor tab that shows a thread. */
export class ThreadTab implements SurfaceView {
  private readonly store = new DisposableStore();
  private readonly page: ThreadPage;
  private readonly visibleChanged = this.store.add(new Emitter<void>());
  private readonly closed = new Emitter<void>();

  readonly onDidChangeVisible = this.visibleChanged.event;
  /** Fires once, when the person closed it. */
  readonly onDidClose = this.closed.event;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    extensionUri: vscode.Uri,
    makeBridge: MakeBridge,
  ) {
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media/tandem.svg');
    this.page = new ThreadPage(extensionUri, makeBridge);
    this.store.add(
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.page.pause();
        this.visibleChanged.fire();
      }),
    );
    panel.onDidDispose(() => {
      this.page.pause();
      this.store.dispose();
      this.closed.fire();
    });
  }

  get visible(): boolean {
    return this.panel.visible;
  }

  async reveal(): Promise<void> {
    this.panel.reveal();
  }

  tell<Name extends HostNotificationName>(name: Name, params: HostNotifications[Name]): void {
    this.page.tell(name, params);
  }

  /** Shows the thread, and names the tab after it. */
  show(shown: Shown): void {
    this.store.add(this.page.load(this.panel.webview));
    const update = () => {
      const title = plainLine(shown.state?.title ?? '') || vscode.l10n.t('New thread');
      if (this.panel.title !== title) this.panel.title = title;
    };
    this.store.add(shown.onDidChange(update));
    this.store.add(
      shown.onEvent(({ type }) => {
        if (type === 'thread.renamed') update();
      }),
    );
    update();
  }
}
