import type { NetworkSubject } from '../../../src/protocol/approvals';
import { item, pageStates, started, threadOf, type PageState } from './states';

const { settings, threads } = pageStates.finished;

function asking(
  subject: Pick<NetworkSubject, 'host' | 'readable'>,
  reasons: readonly string[],
): PageState {
  const command = 'npm install --save-dev mocha@12';
  const thread = threadOf(
    ...started('Upgrade mocha', 'Upgrade mocha'),
    item({
      ...{ id: 'c1', type: 'commandExecution', status: 'inProgress' },
      ...{ command, cwd: '/projects/shop', output: '', readOnly: false },
    }),
    {
      type: 'approval.requested',
      turnId: 'turn-1',
      approval: {
        ...{ id: 'approval-1', itemId: 'c1', cwd: '/projects/shop', reasons },
        subject: { kind: 'network', port: 443, command, ...subject },
        grant: `${subject.host}:443, sending included, in every command`,
      },
    },
  );
  return { settings, threads, thread };
}

/** A command that runs and wants to reach a host. */
export const hostStates = {
  askingHost: asking({ host: 'registry.npmjs.org' }, [
    'is not among the allowed domains',
    'anybody can keep things there, and what is sent is encrypted',
  ]),
  // With a Cyrillic а in front.
  askingForgedHost: asking({ host: 'xn--pple-43d.com', readable: 'аpple.com' }, [
    'is not among the allowed domains',
    'its name mixes scripts, as names do that imitate others',
  ]),
} satisfies Record<string, PageState>;
