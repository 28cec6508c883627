import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { launchChromium, openPage } from './chromium.ts';
import { fetchVscodeServer } from './fetchVscodeServer.ts';
import { copySampleWorkspace } from './sampleWorkspace.ts';
import { startVscodeServer } from './vscodeServer.ts';

/** The whole suite takes a minute; a window that never answers must not hang the run. */
const limitMs = 10 * 60_000;

/** One run of a program inside the extension host of a real VS Code. */
interface Run {
  readonly root: string;
  /** Absolute path of a bundle whose `run()` VS Code calls. */
  readonly tests: string;
  readonly workspace: string;
  readonly scratch: string;
  readonly env: Readonly<Record<string, string>>;
}

/** In the VS Code of this machine, or one that takes its arguments. */
async function runOnDesktop(run: Run, executable: string): Promise<number> {
  return runTests({
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: run.root,
    extensionTestsPath: run.tests,
    extensionTestsEnv: run.env,
    launchArgs: [
      run.workspace,
      '--disable-workspace-trust',
      `--user-data-dir=${join(run.scratch, 'user-data')}`,
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
}

/** In the VS Code server, through a window in Chromium; it saves nothing by itself, as on the desktop. */
async function runInServer(run: Run): Promise<number> {
  const server = await startVscodeServer({
    installation: await fetchVscodeServer(join(run.root, '.vscode-test')),
    dataFolder: join(run.scratch, 'server-data'),
    env: run.env,
    settings: { 'files.autoSave': 'off' },
  });
  try {
    const browser = await launchChromium();
    try {
      const page = await openPage(browser);
      const code = new Promise<number>((resolve, reject) => {
        setTimeout(() => reject(new Error('The tests did not end in time.')), limitMs).unref();
        page.once('crash', () => reject(new Error('The window crashed.')));
        void page.exposeFunction('codeAutomationExit', resolve);
      });
      await page.exposeFunction('codeAutomationLog', printLog);
      await page.goto(
        server.windowUrl({ folder: run.workspace, extension: run.root, tests: run.tests }),
      );
      return await code;
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}

/** What the window and the extension host log is noise unless somebody looks for a cause. */
function printLog(type: string, args: readonly unknown[]): void {
  if (process.env['TANDEM_TEST_VERBOSE'] === '1') console.log(`[${type}]`, ...args);
}

/**
 * Opens the sample workspace in a real VS Code with the extension and calls the `run()` of a bundle in its extension
 * host: in `$VSCODE_EXECUTABLE`, or else in the VS Code server. Answers 0 where it resolved.
 */
export async function runInHost(
  tests: string,
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const root = process.cwd();
  const scratch = await mkdtemp(join(tmpdir(), 'tandem-extension-'));
  try {
    const run: Run = {
      root,
      scratch,
      tests,
      workspace: await copySampleWorkspace(root, scratch),
      env: { TANDEM_HOME: join(scratch, 'home'), ...env },
    };
    const executable = process.env['VSCODE_EXECUTABLE'];
    return await (executable ? runOnDesktop(run, executable) : runInServer(run));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
