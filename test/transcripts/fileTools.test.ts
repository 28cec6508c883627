import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { functionCall, message, respond } from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';
import { makeTempFolder, type TempFolder } from '../support/tempFolder';

const files = { 'a.txt': 'one\ntwo\n', 'sub/b.txt': 'b\n', '.vscode/settings.json': '{}\n' };
const open = { sandboxMode: 'full-access', approvalPolicy: 'never' } as const;

/** Every file below a folder with its content; links and odd kinds by their name alone. */
function contentsOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return entry.isFile() && !entry.name.startsWith('huge')
        ? `${path}=${readFileSync(path, 'latin1')}`
        : path;
    })
    .sort();
}

describe('file tools of the agent', () => {
  let agent: TestThreads;
  let outside: TempFolder;
  beforeEach(() => (outside = makeTempFolder({ 'x.txt': 'theirs\n' })));
  afterEach(async () => {
    await agent.dispose();
    outside.remove();
  });

  async function callOne(
    name: string,
    input: object,
    prepare: (workspace: TempFolder) => void = () => {},
    context: object = open,
  ): Promise<string> {
    agent = await startTestThreads(files, [
      respond(functionCall(name, input, 'c1')),
      respond(message('Done.')),
    ]);
    prepare(agent.workspace);
    await agent.ask('go', context);
    return agent.server.requests[1]!.outputOf('c1')!;
  }

  const body = (...lines: string[]) => ({
    input: ['*** Begin Patch', '*** Add File: fine.txt', '+fine', ...lines, '*** End Patch'].join(
      '\n',
    ),
  });

  async function refusesPatch(
    lines: string[],
    prepare: (workspace: TempFolder) => void = () => {},
  ) {
    let before: readonly string[] = [];
    const output = await callOne('apply_patch', body(...lines), (workspace) => {
      prepare(workspace);
      before = contentsOf(workspace.path);
    });
    assert.match(output, /^(Not run|apply_patch)/, output);
    assert.deepEqual(contentsOf(agent.workspace.path), before);
    assert.deepEqual(contentsOf(outside.path), [`${outside.at('x.txt')}=theirs\n`]);
    assert.deepEqual(agent.thread.state.changes.files, []);
    return output;
  }

  const refused: readonly [string, () => string[]][] = [
    ['a path that climbs out', () => ['*** Add File: ../../.ssh/x', '+x']],
    ['a path that climbs out and comes back', () => ['*** Add File: ../x/../y', '+x']],
    ['an absolute path', () => [`*** Update File: ${outside.at('x.txt')}`, '-theirs', '+ours']],
    ['a deletion outside', () => [`*** Delete File: ${outside.at('x.txt')}`]],
    [
      'a move outside',
      () => ['*** Update File: a.txt', `*** Move to: ${outside.at('y')}`, '-one', '+1'],
    ],
    [
      'a move that climbs out',
      () => ['*** Update File: a.txt', '*** Move to: sub/../../y', '-one', '+1'],
    ],
    ['a name with a carriage return', () => ['*** Add File: a\rb', '+x']],
    ['a name with a NUL', () => ['*** Add File: a\0b', '+x']],
    ['an address', () => ['*** Add File: file:///tmp/x', '+x']],
    ['a name that ends with a dot', () => ['*** Add File: .vscode./tasks.json', '+x']],
    [
      'two sections for one file that do not go together',
      () => [
        ...['*** Update File: a.txt', '-one', '+1'],
        ...['*** Update File: a.txt', '-one', '+eins'],
      ],
    ],
    [
      'one file by two names that do not go together',
      () => [
        ...['*** Update File: a.txt', '-one', '+1'],
        ...['*** Update File: ./sub/../a.txt', '-one', '+eins'],
      ],
    ],
    [
      'a protected file among others, where nobody is asked',
      () => [...['*** Update File: .vscode/settings.json', '-{}', '+{"a":1}']],
    ],
    ['a file below a file', () => ['*** Add File: a.txt/x', '+x']],
  ];
  for (const [what, lines] of refused) {
    it(`B08 refuses a whole patch for ${what}, and touches no file`, async () => {
      await refusesPatch(lines());
    });
  }

  it('B08 applies two sections for one file one after the other, as they were checked', async () => {
    const lines = [
      '*** Update File: a.txt',
      '-one',
      '+1',
      '*** Update File: ./a.txt',
      '-two',
      '+2',
    ];
    assert.match(await callOne('apply_patch', body(...lines)), /Success/);
    assert.equal(readFileSync(agent.workspace.at('a.txt'), 'utf8'), '1\n2\n');
  });

  it('B04 B05 refuses a patch through links that lead out, however they got there', async () => {
    const link = (workspace: TempFolder) => {
      symlinkSync(outside.path, workspace.at('door'));
      symlinkSync(outside.at('x.txt'), workspace.at('leaf'));
      symlinkSync(outside.at('gone'), workspace.at('nothing'));
    };
    for (const lines of [
      ['*** Update File: door/x.txt', '-theirs', '+ours'],
      ['*** Add File: door/new/deep.txt', '+x'],
      ['*** Update File: leaf', '-theirs', '+ours'],
      ['*** Delete File: leaf'],
      ['*** Add File: nothing', '+x'],
      ['*** Update File: a.txt', '*** Move to: door/a.txt', '-one', '+1'],
    ]) {
      await refusesPatch(lines, link);
      await agent.dispose();
    }
    await refusesPatch(['*** Delete File: door/x.txt'], link);
  });

  it('B05 refuses what a command put in the way during the turn', async () => {
    agent = await startTestThreads(files, [
      respond(functionCall('exec_command', { cmd: `ln -s ${outside.path} l` }, 'c1')),
      respond(functionCall('apply_patch', body('*** Add File: l/f', '+x'), 'c2')),
      respond(message('Done.')),
    ]);
    await agent.ask('go', open);
    assert.match(agent.server.requests[2]!.outputOf('c2')!, /outside of the folder through a link/);
    assert.deepEqual(contentsOf(outside.path), [`${outside.at('x.txt')}=theirs\n`]);
  });

  it('B03 B05 writes no protected file under a name that was not asked about', async () => {
    const output = await refusesPatch(
      ['*** Update File: plain/settings.json', '-{}', '+{"a":1}'],
      (w) => symlinkSync('.vscode', w.at('plain')),
    );
    assert.match(output, /\.vscode is protected; edit it by its own path/);
  });

  it('B07 runs nothing in a folder of the model’s choice without a question', async () => {
    const context = { sandboxMode: 'workspace-write', approvalPolicy: 'never' };
    for (const workdir of ['/', '..', '/usr/share', '../..']) {
      const output = await callOne(
        'exec_command',
        { cmd: 'touch here', workdir },
        undefined,
        context,
      );
      assert.match(output, /^Not run: /, workdir);
      await agent.dispose();
    }
    const cmd = `cd ${outside.path} && apply_patch <<'EOF'\n*** Begin Patch\n*** Add File: y\n+y\n*** End Patch\nEOF`;
    assert.match(await callOne('exec_command', { cmd }), /^Not run: .*outside the folder/);
    assert.deepEqual(readdirSync(outside.path), ['x.txt']);
  });

  it('B17 keeps what the person changed after the model looked, and says so', async () => {
    agent = await startTestThreads(files, [
      respond(functionCall('exec_command', { cmd: 'cat a.txt' }, 'c1')),
      () => {
        writeFileSync(agent.workspace.at('a.txt'), 'mine\n');
        return respond(
          functionCall('apply_patch', body('*** Update File: a.txt', '-one', '+1'), 'c2'),
        );
      },
      respond(message('Done.')),
    ]);
    await agent.ask('go', open);
    assert.match(agent.server.requests[2]!.outputOf('c2')!, /^apply_patch verification failed/);
    assert.equal(readFileSync(agent.workspace.at('a.txt'), 'utf8'), 'mine\n');
  });

  describe('B18 odd kinds and sizes', () => {
    const odd = (workspace: TempFolder) => {
      execFileSync('mkfifo', [workspace.at('pipe.png')]);
      truncateSync(workspace.write('huge.png', ''), 10 * 1024 ** 3);
      workspace.write('text.png', 'no image');
      workspace.write('utf16.txt', Buffer.from('\ufeffone\r\ntwo\r\n', 'utf16le'));
      workspace.write('broken.txt', Buffer.from([0x6f, 0x6e, 0x65, 0x0a, 0xff, 0xfe, 0x80, 0x0a]));
    };
    const calls: readonly [string, object, RegExp][] = [
      ['view_image', { path: 'pipe.png' }, /is not a file/],
      ['view_image', { path: 'huge.png' }, /larger than/],
      ['view_image', { path: 'sub' }, /is not a file/],
      ['view_image', { path: 'text.png' }, /is no PNG/],
      ['rg', { pattern: 'a', path: 'pipe.png' }, /neither a file nor a folder/],
      ['rg', { pattern: 'a', path: 'huge.png' }, /larger than 100 MB/],
      ['rg', { pattern: 'one' }, /a\.txt:1:one/],
      ['apply_patch', body('*** Update File: pipe.png', '-a', '+b'), /is not a file/],
      ['apply_patch', body('*** Update File: huge.png', '-a', '+b'), /larger than 50 MB/],
      ['apply_patch', body('*** Delete File: pipe.png'), /is not a file/],
    ];
    for (const [tool, input, answer] of calls) {
      it(`B18 ${tool} ${JSON.stringify(input).slice(0, 90)} ends at once with what is wrong`, async () => {
        const startedAt = performance.now();
        assert.match(await callOne(tool, input, odd), answer);
        assert.ok(performance.now() - startedAt < 5000);
      });
    }

    it('B18 keeps encoding, byte order mark, line ends and broken bytes of what it edits', async () => {
      const lines = [
        '*** Update File: utf16.txt',
        '-two',
        '+2',
        '*** Update File: broken.txt',
        '-one',
        '+1',
      ];
      assert.match(await callOne('apply_patch', body(...lines), odd), /Success/);
      const utf16 = readFileSync(agent.workspace.at('utf16.txt'));
      assert.deepEqual(utf16, Buffer.from('\ufeffone\r\n2\r\n', 'utf16le'));
      const broken = readFileSync(agent.workspace.at('broken.txt'));
      assert.deepEqual(broken, Buffer.from([0x31, 0x0a, 0xff, 0xfe, 0x80, 0x0a]));
    });
  });
});
