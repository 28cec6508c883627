import * as vscode from 'vscode';
import { liesInRepository } from '../adapters/git/repositoryTop';
import { DisposableStore, type Disposable } from '../base/disposable';
import { Emitter } from '../base/emitter';
import type { ViewSettings } from '../protocol/viewProtocol';
import type { Sandbox } from '../ports/sandbox';
import type { Host } from './host';
import type { Onboarding } from './onboarding';
import { activeFolder } from './workspaceFolder';
import { WorkspaceSuggestions } from './workspaceSuggestions';

/** What the settings of the view are made of. */
export interface ViewSettingsOptions extends Pick<
  Host,
  'settings' | 'credentials' | 'models' | 'shown' | 'log'
> {
  readonly onboarding: Onboarding;
  readonly openSandbox: () => Promise<Sandbox>;
}

/** Settings and state of the host as the view draws them. */
export class ViewSettingsSource implements Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new Emitter<void>());
  private readonly suggestions: WorkspaceSuggestions;
  readonly onDidChange = this.changed.event;

  /** Why commands cannot be confined here, once that is known. */
  private sandboxProblem: string | undefined;
  private checkedSandbox = false;

  constructor(private readonly host: ViewSettingsOptions) {
    this.suggestions = this.store.add(new WorkspaceSuggestions(host));
    const fire = () => this.changed.fire();
    this.store.add(host.settings.onDidChange(fire));
    this.store.add(host.credentials.onDidChange(fire));
    this.store.add(host.models.onDidChange(fire));
    this.store.add(this.suggestions.onDidChange(fire));
    this.store.add(host.onboarding.onDidChange(fire));
    this.store.add(vscode.workspace.onDidChangeWorkspaceFolders(fire));
    this.store.add(vscode.workspace.onDidGrantWorkspaceTrust(fire));
  }

  async current(): Promise<ViewSettings> {
    const { settings, credentials, models, onboarding } = this.host;
    const { offeredModels } = await import('./heavyParts');
    const folder = activeFolder();
    const model = settings.get('model');
    const usable = folder !== undefined && vscode.workspace.isTrusted;
    const confines = settings.get('sandboxMode') !== 'full-access';
    void onboarding.lookAtConnection();
    // Nobody waits for it: the event tells of a problem.
    if (usable && confines && !this.checkedSandbox) void this.checkSandbox();
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
      ...(confines && this.sandboxProblem !== undefined
        ? { sandboxProblem: this.sandboxProblem }
        : {}),
      ...(onboarding.explainsApprovals ? { explainsApprovals: true } : {}),
      suggestions: usable ? this.suggestions.of(folder.uri.fsPath) : [],
    };
  }

  /** Finds out anew whether commands can be confined here. */
  async checkSandbox(): Promise<void> {
    this.checkedSandbox = true;
    const sandbox = await this.host.openSandbox();
    await sandbox.check();
    const problem = sandbox.unavailable?.();
    if (problem === this.sandboxProblem) return;
    this.sandboxProblem = problem;
    this.changed.fire();
  }

  dispose(): void {
    this.store.dispose();
  }
}
