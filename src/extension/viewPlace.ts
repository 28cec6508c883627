import * as vscode from 'vscode';
import { ContextKeys } from './editors/contextKeys';
import { threadViewId } from './views/threadView';

const memoryKey = 'tandem.inSecondarySideBar';

/** The side bars that Tandem can be in, by their containers in the manifest. */
const containers = { sideBar: 'tandem', secondarySideBar: 'tandem-secondary' } as const;

/**
 * Where our commands moved the views last, so that their menu offers the other place. VS Code keeps the place as if they
 * had been dragged there, and does not tell of what the person drags.
 */
export class ViewPlace {
  constructor(
    private readonly memory: Pick<vscode.Memento, 'get' | 'update'>,
    private readonly keys: Pick<ContextKeys, 'set'> = new ContextKeys(),
  ) {
    this.tell();
  }

  async moveTo(place: keyof typeof containers): Promise<void> {
    await vscode.commands.executeCommand('vscode.moveViews', {
      viewIds: [threadViewId, 'tandem.hunks'],
      destinationId: `workbench.view.extension.${containers[place]}`,
    });
    await this.memory.update(memoryKey, place === 'secondarySideBar');
    this.tell();
  }

  private tell(): void {
    this.keys.set(memoryKey, this.memory.get(memoryKey) === true);
  }
}
