import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { functionCall, message, respond } from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

const open = { sandboxMode: 'full-access', approvalPolicy: 'never' } as const;

describe('programs that trusted tools start', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  /** What the person is told after these commands ran one after the other. */
  async function noticesAfter(...commands: readonly string[]): Promise<readonly string[]> {
    agent = await startTestThreads(
      {
        '.venv/bin/pip': '#!/bin/sh\n',
        'node_modules/typescript/bin/tsc': '#!/bin/sh\n',
        'packages/a/node_modules/.bin/eslint': '#!/bin/sh\n',
        'src/tool': 'x',
      },
      [
        ...commands.map((cmd, i) =>
          respond(
            functionCall(
              'exec_command',
              { cmd, yield_time_ms: cmd.startsWith('sleep 0.6') ? 250 : 9000 },
              `c${i}`,
            ),
          ),
        ),
        respond(message('Done.')),
      ],
    );
    mkdirSync(agent.workspace.at('node_modules/.bin'));
    symlinkSync('../typescript/bin/tsc', agent.workspace.at('node_modules/.bin/tsc'));
    symlinkSync('/bin/sh', agent.workspace.at('.venv/bin/python'));
    chmodSync(agent.workspace.at('.venv/bin/pip'), 0o755);
    await agent.ask('go', open);
    return agent.events.flatMap((event) =>
      event.type === 'notice.raised' && /Executables/.test(event.text) ? [event.text] : [],
    );
  }

  const replacing: readonly [string, RegExp][] = [
    ['echo evil > .venv/bin/pip', /: \.venv\/bin\/pip\./],
    ['rm .venv/bin/python; cp src/tool .venv/bin/python', /: \.venv\/bin\/python\./],
    ['ln -sfn ../../src/tool .venv/bin/python', /: \.venv\/bin\/python\./],
    ['echo evil >> node_modules/typescript/bin/tsc', /: node_modules\/\.bin\/tsc\./],
    ['ln -sfn ../../src/tool node_modules/.bin/tsc', /: node_modules\/\.bin\/tsc\./],
    ['printf "#!/bin/sb\\n" > .venv/bin/pip; touch -d @1 .venv/bin/pip', /\.venv\/bin\/pip/],
    [
      'mv src/tool packages/a/node_modules/.bin/eslint',
      /: packages\/a\/node_modules\/\.bin\/eslint\./,
    ],
    ['chmod -x .venv/bin/pip', /\.venv\/bin\/pip/],
  ];
  for (const [command, named] of replacing) {
    it(`B15 tells the person that ${command} changed an executable of a trusted tool`, async () => {
      const notices = await noticesAfter(command);
      assert.equal(notices.length, 1);
      assert.match(notices[0]!, named);
    });
  }

  it('B15 tells it once, of the command that did it, also of one that goes on in the background', async () => {
    const late = 'sleep 0.6; echo evil > .venv/bin/pip';
    const commands = ['echo evil > node_modules/.bin/tsc', 'echo fine > a', late, 'sleep 1.5'];
    const notices = await noticesAfter(...commands);
    assert.equal(notices.length, 2);
    assert.match(notices.join('\n'), /tsc\.[^]*pip\./);
  });

  it('says nothing of new programs, other files, or reading', async () => {
    const commands = ['cat .venv/bin/pip', 'echo new > .venv/bin/black; echo x > src/tool', 'ls'];
    assert.deepEqual(await noticesAfter(...commands), []);
  });
});
