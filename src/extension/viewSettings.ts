import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable';
import { Emitter } from '../base/emitter';
import type { Suggestion, ViewSettings } from '../protocol/viewProtocol';
import type { Host } from './host';
import { activeFolder } from './workspaceFolder';

/** Finds what a folder (absolute) suggests to ask. */
export type FindSuggestions = (folder: string) => Promise<readonly Suggestion[]>;

/** Settings and state of the host as the view draws them. */
export class ViewSettingsSource implements Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new Emitter<void>());
  private readonly suggestions = new Map<string, readonly Suggestion[]>();
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly host: Pick<Host, 'settings' | 'credentials' | 'models' | 'log'>,
    private readonly findSuggestions: FindSuggestions,
  ) {
    const fire = () => this.changed.fire();
    this.store.add(host.settings.onDidChange(fire));
    this.store.add(host.credentials.onDidChange(fire));
    this.store.add(host.models.onDidChange(fire));
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
      suggestions: folder && vscode.workspace.isTrusted ? this.suggestionsFor(folder) : [],
    };
  }

  dispose(): void {
    this.store.dispose();
  }

  /** What is known now; the first call for a folder looks, and the change event tells of what it found. */
  private suggestionsFor(folder: vscode.WorkspaceFolder): readonly Suggestion[] {
    const path = folder.uri.fsPath;
    const known = this.suggestions.get(path);
    if (known) return known;
    this.suggestions.set(path, []);
    this.findSuggestions(path).then(
      (found) => {
        this.suggestions.set(path, found);
        this.changed.fire();
      },
      (error: unknown) => this.host.log.warn(`No suggestions: ${String(error)}`),
    );
    return [];
  }
}

function liesInRepository(folder: string): boolean {
  if (existsSync(join(folder, '.git'))) return true;
  const above = dirname(folder);
  return above !== folder && liesInRepository(above);
}
