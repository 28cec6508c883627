import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import { Emitter } from '../../base/emitter';
import type { HostNotificationName, HostNotifications } from '../../protocol/viewProtocol';
import type { SurfaceView } from '../surfaces/surface';
import { ThreadPage, type MakeBridge } from './threadPage';

export const threadViewId = 'tandem.thread';

/** The webview view in the side bar. */
export class ThreadView implements SurfaceView, vscode.WebviewViewProvider {
  private readonly page: ThreadPage;
  private view: vscode.WebviewView | undefined;
  private badge: vscode.ViewBadge | undefined;
  private readonly visibleChanged = new Emitter<void>();

  readonly onDidChangeVisible = this.visibleChanged.event;

  constructor(extensionUri: vscode.Uri, makeBridge: MakeBridge) {
    this.page = new ThreadPage(extensionUri, makeBridge);
  }

  register(): Disposable {
    return vscode.window.registerWebviewViewProvider(threadViewId, this);
  }

  get visible(): boolean {
    return this.view?.visible ?? false;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const store = new DisposableStore();
    this.view = view;
    view.badge = this.badge;
    store.add(this.page.load(view.webview));
    store.add(
      view.onDidChangeVisibility(() => {
        if (!view.visible) this.page.pause();
        this.visibleChanged.fire();
      }),
    );
    view.onDidDispose(() => {
      store.dispose();
      if (this.view !== view) return;
      this.view = undefined;
      this.page.pause();
      this.visibleChanged.fire();
    });
    this.visibleChanged.fire();
  }

  async reveal(): Promise<void> {
    await vscode.commands.executeCommand(`${threadViewId}.focus`);
  }

  tell<Name extends HostNotificationName>(name: Name, params: HostNotifications[Name]): void {
    this.page.tell(name, params);
  }

  /** The number on the view's icon; 0 takes it away. */
  setBadge(value: number, tooltip: string): void {
    this.badge = value > 0 ? { value, tooltip } : undefined;
    if (this.view) this.view.badge = this.badge;
  }
}
