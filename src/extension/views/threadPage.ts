import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { HostNotificationName, HostNotifications } from '../../protocol/viewProtocol';
import type { ViewBridge, ViewBridgeOptions } from '../viewBridge';
import { resourceFolders, viewHtml } from './viewHtml';

/** Makes the bridge of a page; called when the page appears, so that its code is loaded no earlier. */
export type MakeBridge = (
  options: Pick<ViewBridgeOptions, 'post' | 'onReady'>,
) => Promise<ViewBridge>;

/** What a webview shows a thread with. The page is made anew each time it appears; the state is the host's. */
export class ThreadPage {
  private bridge: ViewBridge | undefined;
  /** True from the page's first `view/ready` until it is hidden. */
  private ready = false;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly makeBridge: MakeBridge,
  ) {}

  /** Puts the page into a webview; it ends with what is answered. */
  load(webview: vscode.Webview): Disposable {
    const store = new DisposableStore();
    webview.options = this.options;
    const bridge = this.makeBridge({
      post: (message) => void webview.postMessage(message),
      onReady: () => this.becomeReady(),
    }).then((made) => (this.bridge = store.add(made)));
    store.add(
      webview.onDidReceiveMessage(async (message: unknown) => (await bridge).receive(message)),
    );
    webview.html = this.html(webview);
    return store;
  }

  private get options(): vscode.WebviewOptions {
    const resources = resourceFolders.map((path) => this.uriOf(path));
    return { enableScripts: true, localResourceRoots: resources };
  }

  /** It is hidden, or gone: nothing is sent until it is back. */
  pause(): void {
    this.ready = false;
    this.bridge?.pause();
  }

  /** Tells the page something as soon as it is there. */
  tell<Name extends HostNotificationName>(name: Name, params: HostNotifications[Name]): void {
    const send = () => this.bridge?.notify(name, params);
    if (this.ready) send();
    else this.waiting.push(send);
  }

  private becomeReady(): void {
    this.ready = true;
    for (const send of this.waiting.splice(0)) send();
  }

  private uriOf(path: string): vscode.Uri {
    return vscode.Uri.joinPath(this.extensionUri, path);
  }

  private html(webview: vscode.Webview): string {
    const fileUri = (name: string) =>
      webview.asWebviewUri(this.uriOf(`dist/webview/${name}`)).toString(true);
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
