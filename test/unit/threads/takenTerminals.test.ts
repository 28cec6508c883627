import assert from 'node:assert/strict';
import type { WatchedTerminal } from '../../../src/threads/takenTerminals';
import { functionCall, message, respond } from '../../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../../support/testThreads';

const ask = 'read -p "Name? " name; echo "hello $name"; read -p "More? " more';

describe('a command that the person takes over', () => {
  let desk: TestThreads;

  afterEach(() => desk.dispose());

  const outputs = () =>
    desk.server.requests
      .flatMap(({ body }) => body.input as { type: string; output?: string }[])
      .flatMap(({ type, output }) => (type === 'function_call_output' ? (output ?? '') : []));
  const notices = () =>
    desk.events.flatMap((event) => (event.type === 'notice.raised' ? event.text : []));
  const running = { sandboxMode: 'full-access', approvalPolicy: 'never' } as const;

  it('is told to the agent, which does not type until it is handed back', async () => {
    const start = functionCall('exec_command', { cmd: ask, tty: true, yield_time_ms: 1000 });
    const typing = () => functionCall('write_stdin', { session_id: 1, chars: 'agent\n' });
    desk = await startTestThreads({}, [
      respond(start),
      respond(typing()),
      () => {
        desk.thread.terminals.running[0]?.handBack();
        return respond(typing());
      },
      respond(message('Done.')),
    ]);
    desk.thread.onEvent((event) => {
      if (event.type !== 'item.delta' || !/Name\?/.test(JSON.stringify(event.delta))) return;
      desk.thread.terminals.running[0]?.type('person\r');
    });
    await desk.ask('Go.', running);

    const [started = '', refused = '', typed = ''] = outputs().slice(-3);
    assert.match(
      started,
      /hello person[^]*The person typed into this terminal and has taken it over/,
    );
    assert.match(refused, /nothing was typed, because the person has taken over this terminal/);
    assert.match(typed, /Process exited with code 0/);
    assert.doesNotMatch(typed, /The person typed/);
    assert.deepEqual(notices(), [
      `You took over the terminal of this command: ${ask}`,
      `You handed the terminal of this command back: ${ask}`,
    ]);
    const [title = ''] = desk.events.flatMap((event) =>
      event.type === 'item.completed' && event.item.type === 'toolCall' ? event.item.title : [],
    );
    assert.match(title, /^Did not type "agent\\n": you have taken over the terminal/);
  });

  it('is found by the item that shows it, while it runs', async () => {
    const found: (WatchedTerminal | undefined)[] = [];
    desk = await startTestThreads({}, [
      respond(functionCall('exec_command', { cmd: ask, tty: true })),
      respond(message('Done.')),
    ]);
    const { thread } = desk;
    thread.onEvent(({ type }) => {
      if (type === 'item.delta' && found.length === 0) {
        const item = thread.state.turns[0]?.entries.find(
          (each) => each.type === 'commandExecution',
        );
        found.push(item && thread.terminals.find(item.id));
        void found[0]?.kill();
      }
    });
    await desk.ask('Go.', running);
    assert.equal(found[0]?.command, ask);
    assert.deepEqual(thread.terminals.running, []);
  });
});
