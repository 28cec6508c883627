import { rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { killTree, spawnTree } from './processTree.ts';

/** How to start a VS Code server. */
export interface VscodeServerOptions {
  /** From `fetchVscodeServer`. */
  readonly installation: string;
  /** A fresh folder for everything this server stores. */
  readonly dataFolder: string;
  /** Where installed extensions are; in `dataFolder` unless given. */
  readonly extensionsFolder?: string;
  /** User settings by name. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Added to this process's environment; it reaches the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** True where folders are not trusted until a person says so; else all are. */
  readonly asksForTrust?: boolean;
  /** Asked of every visitor; without one anybody on this machine may enter. */
  readonly token?: string;
}

/** A running VS Code server. */
export interface VscodeServer {
  /** The address of a window on `folder` with our extension, or with those installed where `extension` is absent. */
  windowUrl(window: {
    readonly folder: string;
    readonly extension?: string;
    readonly tests?: string;
  }): string;
  /** Ends it and everything it started. */
  stop(): Promise<void>;
}

const startLimitMs = 60_000;

/**
 * Starts a server that listens on this machine only.
 * @throws Error with the server's own output when it ends early or does not answer within a minute.
 */
export async function startVscodeServer(options: VscodeServerOptions): Promise<VscodeServer> {
  const { installation, dataFolder, token } = options;
  await writeSettings(dataFolder, options.settings ?? {});
  const port = await freePort();
  const child = spawnTree(process.execPath, serverArguments(options, port), {
    cwd: installation,
    env: cleanEnvironment({ ...process.env, ...options.env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-2000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const stop = (): Promise<void> => killTree(child);
  const deadline = Date.now() + startLimitMs;
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`The VS Code server did not start.\n${output}`);
    }
    await delay(100);
  }
  return {
    windowUrl: ({ folder, extension: source, tests }) => {
      const extension = source && linkTo(source, join(dataFolder, 'extension'));
      // The authority of these addresses must be the page's own.
      const remote = (path: string): string => `vscode-remote://localhost:${port}${path}`;
      const payload = [
        ['skipWelcome', 'true'],
        ...(extension ? [['extensionDevelopmentPath', remote(extension)]] : []),
        ...(tests ? [['extensionTestsPath', remote(tests)]] : []),
      ];
      const query = new URLSearchParams({ folder, payload: JSON.stringify(payload) });
      if (token) query.set('tkn', token);
      return `http://localhost:${port}/?${query.toString()}`;
    },
    stop,
  };
}

/**
 * The server lies below our own folder, and what lies below the extension under development passes for a part of it:
 * built-in themes and icons would not be found. So the extension is told to be elsewhere.
 */
function linkTo(folder: string, link: string): string {
  rmSync(link, { force: true });
  symlinkSync(folder, link, 'junction');
  return link;
}

function serverArguments(options: VscodeServerOptions, port: number): string[] {
  const { installation, dataFolder, token } = options;
  return [
    join(installation, 'out', 'server-main.js'),
    ...['--host', '127.0.0.1', '--port', String(port)],
    ...(token ? ['--connection-token', token] : ['--without-connection-token']),
    '--accept-server-license-terms',
    // Without this the window silently ignores which extension it is to develop or test.
    '--enable-smoke-test-driver',
    ...(options.asksForTrust ? [] : ['--disable-workspace-trust']),
    ...['--telemetry-level', 'off'],
    ...['--server-data-dir', dataFolder],
    ...(options.extensionsFolder ? ['--extensions-dir', options.extensionsFolder] : []),
  ];
}

async function writeSettings(
  dataFolder: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  // Settings of a window belong to the user, those of scope `machine` to the machine the server runs on.
  for (const owner of ['User', 'Machine']) {
    const folder = join(dataFolder, 'data', owner);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'settings.json'), JSON.stringify(settings, null, 2));
  }
}

/** What npm tells its scripts is no business of the extension host. */
function cleanEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(npm_|VSCODE_|NODE_OPTIONS$)/.test(name)),
  );
}

async function answers(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/version`);
    return response.ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', resolve);
  });
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}
