import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { runHeadless } from '../support/runHeadless';
import {
  customCall,
  functionCall,
  message,
  respond,
  startScriptedServer,
  type Script,
} from '../support/scriptedServer';
import { useTempFolder } from '../support/tempFolder';

const shell = (cmd: string, more: object = {}) =>
  respond(functionCall('exec_command', { cmd, yield_time_ms: 10_000, ...more }));
const done = respond(message('Done.'));

/** Waits without giving way: the model's answer is due. */
function waitFor(path: string): void {
  const endAt = Date.now() + 20_000;
  while (!existsSync(path) && Date.now() < endAt) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
}

const formatter = `const { readFileSync, writeFileSync } = require('node:fs');
writeFileSync('messy.js', readFileSync('messy.js', 'utf8').replace(/ +/g, ' '));
writeFileSync('neat.js', readFileSync('neat.js'));
`;
const generator = `const { mkdirSync, writeFileSync } = require('node:fs');
mkdirSync('made/deep', { recursive: true });
for (const name of ['one', 'two']) writeFileSync('made/deep/' + name + '.ts', name);
writeFileSync('ignored.log', 'x');
`;

/** What an agent does in a step, and the changes that are told for it. */
const means: Readonly<Record<string, { step: ReturnType<typeof respond>; told: string[] }>> = {
  'the patch tool': {
    step: respond(
      customCall(
        'apply_patch',
        '*** Begin Patch\n*** Update File: a.txt\n@@\n-a\n+A\n*** Add File: sub/new.txt\n+n\n*** Delete File: gone.txt\n*** End Patch',
      ),
    ),
    told: ['add sub/new.txt', 'delete gone.txt', 'update a.txt'],
  },
  'sed -i': { step: shell("sed -i 's/a/A/' a.txt"), told: ['update a.txt'] },
  'git mv': { step: shell('git mv a.txt moved.txt'), told: ['add moved.txt', 'delete a.txt'] },
  'git checkout of an older state': {
    step: shell('echo more >> a.txt && git checkout -q a.txt'),
    told: [],
  },
  rm: { step: shell('rm gone.txt'), told: ['delete gone.txt'] },
  'a formatter': { step: shell('node format.js'), told: ['update messy.js'] },
  'a code generator': {
    step: shell('node generate.js'),
    told: ['add made/deep/one.ts', 'add made/deep/two.ts'],
  },
  chmod: { step: shell('chmod +x a.txt'), told: ['update a.txt'] },
  'a binary': { step: shell("printf '\\0\\1' > x.bin"), told: ['add x.bin'] },
  'a change and the same change back in one command': {
    step: shell("sed -i 's/a/A/' a.txt; sed -i 's/A/a/' a.txt; touch a.txt; echo x > t; rm t"),
    told: [],
  },
};

describe('file_change of tandem exec --json', () => {
  const folder = useTempFolder({
    'ws/a.txt': 'a\n',
    'ws/gone.txt': 'gone\n',
    'ws/messy.js': 'const  a =   1;\n',
    'ws/neat.js': 'const b = 1;\n',
    'ws/format.js': formatter,
    'ws/generate.js': generator,
    'ws/.gitignore': '*.log\n',
  });

  beforeEach(() => {
    const git = (...args: string[]) => execFileSync('git', args, { cwd: folder().at('ws') });
    git('init', '-q');
    git('add', '.');
    git('-c', 'user.name=T', '-c', 'user.email=t@example.org', 'commit', '-qm', 'first');
  });

  /** What one run tells, in the order of names; a file that several items name comes several times. */
  async function changesOf(script: Script): Promise<string[]> {
    const server = await startScriptedServer(script);
    try {
      const result = await runHeadless({
        args: ['exec', '--json', '--dangerously-bypass-approvals-and-sandbox', 'go'],
        cwd: folder().at('ws'),
        env: {
          OPENAI_API_KEY: 'k',
          OPENAI_BASE_URL: server.baseUrl,
          TANDEM_HOME: folder().at('home'),
          HOME: folder().at('home'),
        },
      });
      assert.equal(result.code, 0, result.stderr);
      assert.deepEqual(server.violations, []);
      return result.lines
        .filter(({ type, item }) => type === 'item.completed' && item?.type === 'file_change')
        .flatMap(({ item }) => item!.changes as { path: string; kind: string }[])
        .map(({ path, kind }) => `${kind} ${path}`)
        .sort();
    } finally {
      await server.close();
    }
  }

  for (const [name, { step, told }] of Object.entries(means)) {
    it(`lists exactly what changed by ${name}`, async () => {
      assert.deepEqual(await changesOf([step, done]), told);
    });
  }

  it('lists what a command that goes on in the background writes later', async () => {
    const cmd = 'while [ ! -e ../go ]; do sleep 0.05; done; echo late > late.txt; touch ../end';
    const told = await changesOf([
      shell(cmd, { yield_time_ms: 250 }),
      () => {
        writeFileSync(folder().at('go'), '');
        waitFor(folder().at('end'));
        return done;
      },
    ]);
    assert.deepEqual(told, ['add late.txt']);
  });

  it('lists what a process writes after the command that left it behind', async () => {
    const wait =
      'touch ../up; while [ ! -e ../go ]; do sleep 0.05; done; echo late > late.txt; touch ../end';
    // Before it has left the terminal, the end of the command would end it too.
    const isUp = 'while [ ! -e ../up ]; do sleep 0.01; done; echo started';
    const told = await changesOf([
      shell(`setsid nohup sh -c '${wait}' > /dev/null 2>&1 & ${isUp}`),
      () => {
        writeFileSync(folder().at('go'), '');
        waitFor(folder().at('end'));
        return shell('cat late.txt');
      },
      done,
    ]);
    assert.deepEqual(told, ['add late.txt']);
  });

  it('tells a file that was changed and changed back as two changes, and ends with it as it was', async () => {
    const there = shell("sed -i 's/a/A/' a.txt");
    const back = shell("sed -i 's/A/a/' a.txt");
    assert.deepEqual(await changesOf([there, back, done]), ['update a.txt', 'update a.txt']);
  });
});
