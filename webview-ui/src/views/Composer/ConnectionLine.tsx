import * as l10n from '@vscode/l10n';
import { useSyncExternalStore, type ReactElement } from 'react';
import type { ViewSettings } from '../../../../src/protocol/viewProtocol';
import { Button } from '../../components/controls';
import { useAct, useModel } from '../../viewContext';
import { obstacleTo } from './obstacle';

/** Something about where turns run that a person should know, and the one thing that helps. */
interface Circumstance {
  readonly sentence: string;
  readonly help: string;
  readonly request: 'key/set' | 'connection/test' | 'sandbox/check';
}

/** Says plainly what is special here: that the demo model answers, that there is no network, that nothing is confined. */
export function ConnectionLine(): ReactElement | null {
  const settings = useModel((model) => model.settings);
  const online = useSyncExternalStore(followNetwork, () => navigator.onLine);
  const act = useAct();
  if (!settings || obstacleTo(settings)) return null;
  const circumstances = circumstancesOf(settings, online);
  return (
    <>
      {circumstances.map(({ sentence, help, request }) => (
        <div key={request} className="connection" role="status">
          <span>{sentence}</span>{' '}
          <Button look="link" onPress={() => act(request, {})}>
            {help}
          </Button>
        </div>
      ))}
    </>
  );
}

function circumstancesOf(settings: ViewSettings, online: boolean): readonly Circumstance[] {
  const { connection, sandboxProblem, approvalPolicy } = settings;
  const found: Circumstance[] = [];
  if (connection.kind === 'demo') {
    found.push({
      sentence: l10n.t('Demo model: answers only the three suggested tasks.'),
      help: l10n.t('Connect a model'),
      request: 'key/set',
    });
  } else if (
    connection.kind === 'api' &&
    !online &&
    !/^(localhost|127\.|\[::1)/.test(connection.host)
  ) {
    found.push({
      sentence: l10n.t('This computer is offline. What you send waits for the network.'),
      help: l10n.t('Test connection'),
      request: 'connection/test',
    });
  }
  if (sandboxProblem !== undefined) {
    found.push({
      sentence:
        approvalPolicy === 'never'
          ? l10n.t('No sandbox: {0}. What may do more than read is refused.', sandboxProblem)
          : l10n.t('No sandbox: {0}. What may do more than read asks first.', sandboxProblem),
      help: l10n.t('Check again'),
      request: 'sandbox/check',
    });
  }
  return found;
}

function followNetwork(onChange: () => void): () => void {
  window.addEventListener('online', onChange);
  window.addEventListener('offline', onChange);
  return () => {
    window.removeEventListener('online', onChange);
    window.removeEventListener('offline', onChange);
  };
}
