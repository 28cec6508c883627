import type { ViewSettings } from '../../../../src/protocol/viewProtocol';

/** Why nothing can be sent, in a sentence, and the one thing that helps. */
export interface Obstacle {
  readonly sentence: string;
  readonly help: string;
  readonly request: 'workspace/open' | 'workspace/trust' | 'key/set' | 'thread/takeOver';
}

/** In the way where another window owns the thread. */
export const openElsewhere: Obstacle = {
  sentence: 'This thread is open in another window.',
  help: 'Take over',
  request: 'thread/takeOver',
};

/** The first thing in the way of sending; null where nothing is. */
export function obstacleTo(settings: ViewSettings): Obstacle | null {
  if (settings.folder === null) {
    return {
      sentence: 'Tandem works in a folder, and none is open.',
      help: 'Open folder',
      request: 'workspace/open',
    };
  }
  if (!settings.trusted) {
    return {
      sentence: 'Tandem runs commands, so it waits until you trust this workspace.',
      help: 'Manage trust',
      request: 'workspace/trust',
    };
  }
  if (settings.connection.kind === 'missingKey') {
    return {
      sentence: 'Tandem needs an API key to reach a model.',
      help: 'Set API key',
      request: 'key/set',
    };
  }
  return null;
}
