import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { HostNotificationName, HostNotifications } from '../../protocol/viewProtocol';
import type { ViewBridge, ViewBridgeOptions } from '../viewBridge';
import { resourceFolders, viewHtml } from './viewHtml';

export const threadViewId = 'tandem.thread';

/** Makes the bridge of a view; called when a view appears, so that its code is loaded no earlier. */
export type MakeBridge = (
  options: Pick<ViewBridgeOptions, 'post' | 'onReady'>,
) => Promise<ViewBridge>;

/** The webview view in the activity bar. It is made anew each time it appears; the state is the host's. */
export class ThreadView implements vscode.WebviewViewProvider {
  private view: vscode.WebviewView | undefined;
  private bridge: ViewBridge | undefined;
  /** True from the view's first `view/ready` until it is hidden. */
  private ready = false;
  private badge: vscode.ViewBadge | undefined;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly makeBridge: MakeBridge,
  ) {}

  register(): Disposable {
    return vscode.window.registerWebviewViewProvider(threadViewId, this);
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const store = new DisposableStore();
    const { webview } = view;
    this.view = view;
    view.badge = this.badge;
    const resources = resourceFolders.map((path) => vscode.Uri.joinPath(this.extensionUri, path));
    webview.options = { enableScripts: true, localResourceRoots: resources };

    const bridge = this.makeBridge({
      post: (message) => void webview.postMessage(message),
      onReady: () => this.becomeReady(),
    }).then((made) => (this.bridge = store.add(made)));

    store.add(
      webview.onDidReceiveMessage(async (message: unknown) => (await bridge).receive(message)),
    );
    store.add(
      view.onDidChangeVisibility(() => {
        if (view.visible) return;
        this.ready = false;
        void bridge.then((made) => made.pause());
      }),
    );
    view.onDidDispose(() => {
      store.dispose();
      if (this.view !== view) return;
      this.view = undefined;
      this.ready = false;
    });
    webview.html = this.html(webview);
  }

  /** Shows the view and gives it the focus; only where the person asked for something in it. */
  async reveal(): Promise<void> {
    await vscode.commands.executeCommand(`${threadViewId}.focus`);
  }

  /** Tells the view something as soon as it is there. */
  tell<Name extends HostNotificationName>(name: Name, params: HostNotifications[Name]): void {
    const send = () => this.bridge?.notify(name, params);
    if (this.ready) send();
    else this.waiting.push(send);
  }

  /** Tells the view something where it is there; a hidden one asks when it appears. */
  tellNow<Name extends HostNotificationName>(name: Name, params: HostNotifications[Name]): void {
    if (this.ready) this.bridge?.notify(name, params);
  }

  /** The number on the view's icon; 0 takes it away. */
  setBadge(value: number, tooltip: string): void {
    this.badge = value > 0 ? { value, tooltip } : undefined;
    if (this.view) this.view.badge = this.badge;
  }

  private becomeReady(): void {
    this.ready = true;
    for (const send of this.waiting.splice(0)) send();
  }

  private html(webview: vscode.Webview): string {
    const fileUri = (name: string) =>
      webview
        .asWebviewUri(vscode.Uri.joinPath(this.extensionUri, 'dist/webview', name))
        .toString(true);
    return viewHtml({
      scriptUri: fileUri('main.js'),
      styleUri: fileUri('main.css'),
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('base64url'),
      language: vscode.env.language,
      translations: vscode.l10n.bundle ?? {},
    });
  }
}
