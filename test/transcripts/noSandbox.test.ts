import assert from 'node:assert/strict';
import { functionCall, message, respond } from '../support/scriptedServer';
import { startTestThreads } from '../support/testThreads';

describe('a machine without a sandbox', () => {
  const script = [respond(message('One.')), respond(message('Two.'))];

  async function noticesOf(...contexts: Parameters<AgentAsk>[1][]): Promise<string[]> {
    const agent = await startTestThreads({}, script);
    try {
      for (const context of contexts) await agent.ask('go', context);
      return agent.events.flatMap((event) => (event.type === 'notice.raised' ? [event.text] : []));
    } finally {
      await agent.dispose();
    }
  }

  it('is explained to the person once in a thread', async () => {
    const context = { sandboxMode: 'workspace-write', approvalPolicy: 'on-request' } as const;
    assert.deepEqual(await noticesOf(context, context), [
      'Commands cannot be confined here: these tests have none. What may do more than read asks you first.',
    ]);
  });

  it('says nothing where no sandbox is wanted', async () => {
    assert.deepEqual(await noticesOf({ sandboxMode: 'full-access' }), []);
  });

  it('Q36 has no auto mode: what may do more than read is refused, with the reason', async () => {
    const call = functionCall('exec_command', { cmd: 'touch made' }, 'c1');
    const agent = await startTestThreads({}, [respond(call), respond(message('Refused.'))]);
    try {
      await agent.ask('go', { sandboxMode: 'workspace-write', approvalPolicy: 'never' });
      const told = agent.server.requests[1]!.outputOf('c1')!;
      assert.match(told, /no sandbox: these tests have none/);
      assert.match(told, /nobody is asked/);
    } finally {
      await agent.dispose();
    }
  });
});

type AgentAsk = Awaited<ReturnType<typeof startTestThreads>>['ask'];
