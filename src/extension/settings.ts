import * as vscode from 'vscode';
import { Emitter } from '../base/emitter';
import { DisposableStore, type Disposable } from '../base/disposable';
import type { TurnContext } from '../protocol/turnContext';
import { collectLimits } from '../protocol/usage';
import {
  resolveSetting,
  settingDefinitions,
  type SettingName,
  type SettingValues,
} from './settingDefinitions';

const section = 'tandem';

/** The person's settings, read anew each time, so a change counts from the next turn on. */
export class Settings implements Disposable {
  /** Choices of the person that are being stored. */
  private writing: Promise<unknown> = Promise.resolve();
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new Emitter<void>());
  /** Fires when any setting of ours changed. */
  readonly onDidChange = this.changed.event;

  constructor() {
    this.store.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(section)) this.changed.fire();
      }),
    );
  }

  get<Name extends SettingName>(name: Name): SettingValues[Name] {
    return resolve(name).value;
  }

  /** What is wrong with the settings, each a sentence for people. */
  problems(): readonly string[] {
    const names = Object.keys(settingDefinitions) as SettingName[];
    return names.flatMap((name) => resolve(name).problem ?? []);
  }

  /** True where the person's `tandem.baseUrl` is no address: falling back would send their key elsewhere. */
  get baseUrlIsBroken(): boolean {
    const { globalValue } = inspect('baseUrl') ?? {};
    return globalValue !== undefined && settingDefinitions.baseUrl.parse(globalValue) === undefined;
  }

  /** Stores a choice of the person: in their own settings, or in the workspace's where one stands there already. */
  async update<Name extends SettingName>(name: Name, value: SettingValues[Name]): Promise<void> {
    const inWorkspace =
      !settingDefinitions[name].personal && inspect(name)?.workspaceValue !== undefined;
    const target = inWorkspace
      ? vscode.ConfigurationTarget.Workspace
      : vscode.ConfigurationTarget.Global;
    const write = vscode.workspace.getConfiguration(section).update(name, value, target);
    this.writing = Promise.all([this.writing.catch(() => undefined), write]);
    await this.writing;
  }

  /**
   * Resolves when what the person chose is stored: a turn must not begin in the mode they had before.
   * @throws Error where it could not be stored; once, so that what is sent again begins with what stands.
   */
  async stored(): Promise<void> {
    const { writing } = this;
    try {
      await writing;
    } finally {
      if (this.writing === writing) this.writing = Promise.resolve();
    }
  }

  /** The settings of a turn that starts now. */
  turnContext(cwd: string): TurnContext {
    const serviceTier = this.get('serviceTier');
    const allowedDomains = this.get('network.allowedDomains');
    const limits = collectLimits((name) => this.get(`limits.${name}`));
    return {
      cwd,
      model: this.get('model'),
      effort: this.get('reasoningEffort'),
      mode: this.get('mode'),
      approvalPolicy: this.get('approvalPolicy'),
      sandboxMode: this.get('sandboxMode'),
      ...(allowedDomains.length > 0 && { allowedDomains }),
      personality: this.get('personality'),
      preambles: this.get('preambles'),
      ...(limits && { limits }),
      wireApi: this.get('wireApi'),
      ...(serviceTier && { serviceTier }),
    };
  }

  dispose(): void {
    this.store.dispose();
  }
}

function resolve<Name extends SettingName>(name: Name) {
  return resolveSetting(name, inspect(name));
}

function inspect(name: SettingName) {
  return vscode.workspace.getConfiguration(section).inspect<unknown>(name);
}
