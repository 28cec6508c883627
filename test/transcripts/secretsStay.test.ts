import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, linkSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createResponsesModel } from '../../src/adapters/openai/responsesModel';
import { runHeadless, type HeadlessOptions } from '../support/runHeadless';
import {
  functionCall,
  httpError,
  message,
  respond,
  startScriptedServer,
  type Script,
  type ScriptedServer,
} from '../support/scriptedServer';
import { needsSandbox } from '../support/sandboxed';
import { startTestThreads } from '../support/testThreads';
import { useTempFolder } from '../support/tempFolder';

const key = 'sk-CANARY-4f1d-key/of+the?person';
const token = 'CANARY-7c2e-token-of-the-environment';
const inFile = 'CANARY-9b3a-in-a-hidden-file';
const secrets = [key, token, inFile];

/** The shapes in which a secret gets about. */
function shapes(secret: string): readonly string[] {
  const base64 = [0, 1, 2].map((offset) => {
    const text = Buffer.from(`${'x'.repeat(offset)}${secret}`).toString('base64');
    return text.slice(offset === 0 ? 0 : offset + 1, -4);
  });
  const percent = encodeURIComponent(secret);
  const hex = Buffer.from(secret).toString('hex');
  return [secret, ...base64, percent, encodeURIComponent(percent), hex, secret.slice(3, 20)];
}

function assertNone(where: string, text: string): void {
  for (const secret of secrets) {
    for (const shape of shapes(secret)) assert.ok(!text.includes(shape), `${where}: ${shape}`);
  }
}

/** Every file below a folder, by its path. */
function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Errors of a server that says back what it was sent, whole, encoded and cut. */
const echoes: readonly [number, unknown][] = [
  [401, { error: { message: `Incorrect API key provided: ${key}.` } }],
  [400, { error: { message: `bad header Authorization: Bearer ${key}`, code: 'x' } }],
  [403, { error: { message: `denied ${Buffer.from(`Bearer:${key}`).toString('base64')}` } }],
  [400, { error: { message: `refused https://x/?k=${encodeURIComponent(key)}` } }],
  [400, { error: { message: `{"error":{"message":${JSON.stringify(`nested ${key}`)}}}` } }],
  [404, `<html>${key}</html>`],
  [400, { error: { message: `${Buffer.from(key).toString('hex')} is no key` } }],
];

describe('secrets', () => {
  const folder = useTempFolder({
    'ws/.env': `TOKEN=${inFile}\n`,
    'ws/.gitignore': '.env\n',
    'ws/app.ts': 'export const app = 1;\n',
  });
  let server: ScriptedServer;
  afterEach(() => server?.close());

  async function run(script: Script, more: Partial<HeadlessOptions> = {}, baseUrl?: string) {
    server = await startScriptedServer(script);
    const env = {
      OPENAI_API_KEY: key,
      OPENAI_BASE_URL: baseUrl ?? server.baseUrl,
      SERVICE_TOKEN: token,
      npm_config__authToken: token,
      DATABASE_URL: `postgres://app:${token}@db/x`,
      TANDEM_HOME: folder().at('home'),
      TANDEM_LOG: '1',
      HOME: folder().at('home'),
      TMPDIR: folder().at('tmp'),
    };
    folder().write('tmp/.keep', '');
    const args = ['exec', '--dangerously-bypass-approvals-and-sandbox', '--json', 'go'];
    return runHeadless({ cwd: folder().at('ws'), args, env, ...more });
  }

  function assertNothingLeft(result: { stdout: string; stderr: string }): void {
    assertNone('stdout', result.stdout);
    assertNone('stderr', result.stderr);
    for (const place of ['home', 'tmp']) {
      for (const path of filesIn(folder().at(place))) {
        assertNone(path, readFileSync(path, 'latin1'));
      }
    }
    for (const request of server.requests) assertNone('request', JSON.stringify(request.body));
  }

  it('D15 a command gets no secret of the environment, by none of the usual ways', async () => {
    const cmds = [
      ...['env', 'printenv', 'export -p', 'cat /proc/self/environ', 'set'],
      `node -p 'JSON.stringify(process.env)'`,
      `echo "$OPENAI_API_KEY $SERVICE_TOKEN $DATABASE_URL"`,
      'bash -lc env',
    ];
    const result = await run([
      respond(...cmds.map((cmd, i) => functionCall('exec_command', { cmd }, `c${i}`))),
      respond(message('Done.')),
    ]);
    assert.equal(result.code, 0, result.stderr);
    const [, second] = server.requests;
    assert.match(second!.outputOf('c0')!, /PATH=/);
    assertNothingLeft(result);
  });

  it('stay out of requests, journals, logs and temporary files of a run', async () => {
    const patch = '*** Begin Patch\n*** Update File: .env\n-TOKEN=x\n+TOKEN=y\n*** End Patch';
    const result = await run([
      respond(
        functionCall('rg', { pattern: 'CANARY|TOKEN', glob: '**' }, 'c1'),
        functionCall('apply_patch', { input: patch }, 'c2'),
        functionCall('view_image', { path: '.env' }, 'c3'),
        functionCall('exec_command', { cmd: 'rm app.ts; echo made > made.ts' }, 'c4'),
      ),
      respond(message('Done.')),
    ]);
    assert.equal(result.code, 0, result.stderr);
    assertNothingLeft(result);
    assert.match(server.requests[1]!.outputOf('c2')!, /hidden from the agent/);
  });

  for (const [status, body] of echoes) {
    it(`stay out of all that is told of an error ${status} with ${JSON.stringify(body).slice(0, 50)}`, async () => {
      const result = await run([httpError(status, body)]);
      assert.equal(result.code, 1);
      assert.match(result.stdout, /turn\.failed|"error"/);
      assertNothingLeft(result);
    });
  }

  for (const url of [`http://app:${token}@127.0.0.1:9/v1`, `http://127.0.0.1:9/v1?key=${token}`]) {
    it(`stay out of what is told of a base URL that holds one (${url.slice(0, 14)}…)`, async () => {
      const result = await run([], { args: ['exec', '--json', 'go'] }, url);
      assertNothingLeft(result);
    }).timeout(90_000);
  }

  it('are left in the journal only where the model read them with a tool that showed it', async () => {
    folder().write('ws/notes.txt', 'CANARY-open-note\n');
    const result = await run([
      respond(functionCall('exec_command', { cmd: 'cat notes.txt' }, 'c1')),
      respond(message('Done.')),
    ]);
    assert.match(server.requests[1]!.outputOf('c1')!, /CANARY-open-note/);
    const holding = filesIn(folder().at('home')).filter((path) =>
      readFileSync(path, 'latin1').includes('CANARY-open-note'),
    );
    assert.ok(holding.length > 0);
    for (const path of holding) {
      assert.match(path, /\/threads\//);
      assert.equal(statSync(path).mode & 0o077, 0, path);
    }
    assertNothingLeft(result);
  });

  it('are kept from other users: state folders are 0700, files in them 0600', async () => {
    await run([
      respond(functionCall('exec_command', { cmd: 'echo made > made.ts' }, 'c1')),
      respond(message('Done.')),
    ]);
    const home = folder().at('home');
    const open = readdirSync(home, { recursive: true, withFileTypes: true })
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => (statSync(path).mode & 0o077) !== 0)
      // Inside a closed folder nobody gets as far as this.
      .filter((path) => {
        const first = path.slice(home.length + 1).split('/')[0]!;
        return (statSync(join(home, first)).mode & 0o077) !== 0;
      });
    assert.deepEqual(open, []);
    const inWorkspace = filesIn(folder().at('ws')).map((path) => path.slice(folder().path.length));
    assert.deepEqual(inWorkspace.sort(), [
      ...['/ws/.env', '/ws/.gitignore', '/ws/app.ts', '/ws/made.ts'],
    ]);
  });

  it('stay out of events, exports and the log of threads, also where a server says them back', async () => {
    const logged: string[] = [];
    const write = (...parts: readonly unknown[]) => void logged.push(parts.map(String).join(' '));
    const agent = await startTestThreads(
      { '.env': `TOKEN=${inFile}\n`, 'a.txt': 'a\n' },
      [
        respond(functionCall('rg', { pattern: 'TOKEN' }, 'c1')),
        httpError(400, {
          error: { message: `no ${key} ${Buffer.from(`ab${key}`).toString('base64')}` },
        }),
      ],
      (own) => ({
        log: { info: write, warn: write, error: write },
        model: createResponsesModel({
          credentials: { apiKey: async () => key, baseUrl: () => own.baseUrl },
        }),
      }),
    );
    try {
      await agent.ask('go', { sandboxMode: 'full-access', approvalPolicy: 'never' });
      assert.equal(agent.thread.state.turns.at(-1)?.status, 'failed');
      assertNone('events', JSON.stringify(agent.events));
      assertNone('log', logged.join('\n'));
      for (const kind of ['markdown', 'jsonLines'] as const) {
        assertNone(kind, agent.threads.export(agent.thread.id, kind));
      }
      for (const path of filesIn(agent.stateFolder)) assertNone(path, readFileSync(path, 'latin1'));
    } finally {
      await agent.dispose();
    }
  });

  describe('in the sandbox', () => {
    needsSandbox();

    const sandboxed = { args: ['exec', '--sandbox', 'workspace-write', '--json', 'go'] };

    it('B06 D15 are out of reach by any name and any program', async () => {
      folder().write('ws/private/plan.md', `${inFile}\n`);
      folder().write('ws/.tandemignore', 'private/\n');
      folder().write('home/.ssh/id_rsa', `${inFile}\n`);
      folder().write('home/.aws/credentials', `${inFile}\n`);
      linkSync(folder().at('ws/.env'), folder().at('ws/second.txt'));
      symlinkSync('.env', folder().at('ws/link.txt'));
      const cmds = [
        ...['cat .env', 'cat second.txt', 'cat link.txt', 'cat private/plan.md', 'cat private/*'],
        ...[
          'cp .env copy.txt; cat copy.txt',
          'ln .env third.txt; cat third.txt',
          'mv .env moved.txt; cat moved.txt',
        ],
        ...['grep -rsh CANARY . ~ /proc/1 /proc/self', 'tar c . | tr -d "\\0" | grep -a CANARY'],
        ...[
          'cat ~/.ssh/id_rsa ~/.aws/credentials',
          'cat /proc/1/environ /proc/self/environ /proc/*/environ',
        ],
        `node -e 'console.log(require("fs").readFileSync(".env", "utf8"))'`,
      ];
      const result = await run(
        [
          respond(...cmds.map((cmd, i) => functionCall('exec_command', { cmd }, `c${i}`))),
          respond(message('Done.')),
        ],
        sandboxed,
      );
      assert.equal(result.code, 0, result.stderr);
      cmds.forEach((cmd, i) => {
        assert.doesNotMatch(server.requests[1]!.outputOf(`c${i}`)!, /^Not run/, cmd);
      });
      for (const secret of secrets) {
        for (const request of server.requests) {
          const shown = JSON.stringify(request.body);
          for (const shape of shapes(secret)) assert.ok(!shown.includes(shape), shape);
        }
      }
      assert.equal(readFileSync(folder().at('ws/.env'), 'utf8'), `TOKEN=${inFile}\n`);
    });
  });

  it('no byte goes to anybody but the configured server', async function () {
    const strace = ['strace', '-f', '-qq', '-e', 'trace=connect,sendto', '-o'];
    const log = folder().at('connects.log');
    if (spawnSync(strace[0]!, ['-e', 'trace=none', 'true']).status !== 0) {
      console.warn('      skipped: strace is missing or may not trace');
      this.skip();
    }
    const result = await run([respond(message('Done.'))], { through: [...strace, log] });
    assert.equal(result.code, 0, result.stderr);
    const { port } = new URL(server.baseUrl);
    const reached = readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => /AF_INET/.test(line) && /connect\(/.test(line))
      // Whether the sandbox has no network is found out inside of it, where nothing leads anywhere.
      .filter((line) => !/= -1 ENETUNREACH/.test(line));
    assert.ok(reached.length > 0);
    for (const line of reached) assert.match(line, new RegExp(`htons\\(${port}\\)`));
  }).timeout(60_000);
});

describe('the network', () => {
  /** Who may open a connection: the model's client, and the proxy that confined commands use. */
  const allowed = /^src\/adapters\/(openai|network)\//;
  const opens =
    /from 'node:(https?|http2|net|tls|dgram|dns)|\bfetch\(|\b(WebSocket|EventSource|XMLHttpRequest)\(|sendBeacon|createTelemetryLogger|TelemetryReporter/;

  it('carries no thread away: nothing is kept in what Settings Sync takes along', () => {
    const sources = filesIn(resolve('src/extension')).map((path) => readFileSync(path, 'utf8'));
    const all = sources.join('\n');
    assert.doesNotMatch(all, /setKeysForSync|globalState\.update/);
    assert.match(readFileSync('src/extension/hostPorts.ts', 'utf8'), /context\.globalStorageUri/);
  });

  it('is reached from two folders only, and nothing reports what a person does', () => {
    const found = ['src', 'webview-ui/src']
      .flatMap((folder) => filesIn(resolve(folder)))
      .filter((path) => /\.tsx?$/.test(path))
      .filter((path) => opens.test(readFileSync(path, 'utf8')))
      .map((path) => path.slice(resolve('.').length + 1));
    assert.deepEqual(
      found.filter((path) => !allowed.test(path)),
      [],
    );
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, unknown>;
    const names = Object.keys({ ...(manifest['dependencies'] as object) });
    assert.deepEqual(
      names.filter((name) => /telemetry|analytics|sentry|insights/.test(name)),
      [],
    );
  });
});
