import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable';
import { Emitter } from '../base/emitter';
import type { ViewSettings } from '../protocol/viewProtocol';
import type { Host } from './host';
import { activeFolder } from './workspaceFolder';
import { WorkspaceSuggestions } from './workspaceSuggestions';

/** Settings and state of the host as the view draws them. */
export class ViewSettingsSource implements Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new Emitter<void>());
  private readonly suggestions: WorkspaceSuggestions;
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly host: Pick<Host, 'settings' | 'credentials' | 'models' | 'shown' | 'log'>,
  ) {
    this.suggestions = this.store.add(new WorkspaceSuggestions(host));
    const fire = () => this.changed.fire();
    this.store.add(host.settings.onDidChange(fire));
    this.store.add(host.credentials.onDidChange(fire));
    this.store.add(host.models.onDidChange(fire));
    this.store.add(this.suggestions.onDidChange(fire));
    this.store.add(vscode.workspace.onDidChangeWorkspaceFolders(fire));
    this.store.add(vscode.workspace.onDidGrantWorkspaceTrust(fire));
  }

  async current(): Promise<ViewSettings> {
    const { settings, credentials, models } = this.host;
    const { offeredModels } = await import('./heavyParts');
    const folder = activeFolder();
    const model = settings.get('model');
    return {
      mode: settings.get('mode'),
      model,
      effort: settings.get('reasoningEffort'),
      models: await offeredModels(settings, models.served),
      approvalPolicy: settings.get('approvalPolicy'),
      sandboxMode: settings.get('sandboxMode'),
      connection: await credentials.connection(),
      folder: folder?.name ?? null,
      ...(folder && liesInRepository(folder.uri.fsPath) ? { repository: true } : {}),
      reviewConfidence: settings.get('review.confidence'),
      trusted: vscode.workspace.isTrusted,
      suggestions:
        folder && vscode.workspace.isTrusted ? this.suggestions.of(folder.uri.fsPath) : [],
    };
  }

  dispose(): void {
    this.store.dispose();
  }
}

function liesInRepository(folder: string): boolean {
  if (existsSync(join(folder, '.git'))) return true;
  const above = dirname(folder);
  return above !== folder && liesInRepository(above);
}
