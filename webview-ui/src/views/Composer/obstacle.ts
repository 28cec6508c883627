import * as l10n from '@vscode/l10n';
import type { ViewSettings } from '../../../../src/protocol/viewProtocol';

/** Why nothing can be sent, in a sentence, and the one thing that helps. */
export interface Obstacle {
  readonly sentence: string;
  readonly help: string;
  readonly request: 'workspace/open' | 'workspace/trust' | 'key/set' | 'thread/takeOver';
}

/** In the way where another window owns the thread. */
export function openedElsewhere(): Obstacle {
  return {
    sentence: l10n.t('This thread is open in another window.'),
    help: l10n.t('Take over'),
    request: 'thread/takeOver',
  };
}

/** The first thing in the way of sending; null where nothing is. */
export function obstacleTo(settings: ViewSettings): Obstacle | null {
  if (settings.folder === null) {
    return {
      sentence: l10n.t('Tandem works in a folder, and none is open.'),
      help: l10n.t('Open folder'),
      request: 'workspace/open',
    };
  }
  if (!settings.trusted) {
    return {
      sentence: l10n.t('Tandem runs commands, so it waits until you trust this workspace.'),
      help: l10n.t('Manage trust'),
      request: 'workspace/trust',
    };
  }
  if (settings.connection.kind === 'missingKey') {
    return {
      sentence: l10n.t('Tandem needs an API key to reach a model.'),
      help: l10n.t('Set API key'),
      request: 'key/set',
    };
  }
  return null;
}
