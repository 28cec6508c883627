import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fetchVscodeServer } from '../test/support/host/fetchVscodeServer.ts';
import { killTree, spawnTree } from '../test/support/host/processTree.ts';
import { startVscodeServer } from '../test/support/host/vscodeServer.ts';
import { root } from './repository.mjs';

const cache = join(root, '.vscode-test');
const windows = process.platform === 'win32';
const checking = process.env.TANDEM_START_CHECK === '1';

/**
 * Opens a desktop VS Code on `folder` and waits until it is closed or `ended` resolves.
 * @returns {Promise<boolean>} false where there is none to open
 */
export async function openDesktop({ folder, env, ended }) {
  const executable = await findDesktop();
  if (!executable) return false;
  console.log(
    `VS Code: ${executable}\nOpen Tandem in the activity bar. Ctrl-C here ends everything.`,
  );
  const child = spawnTree(
    executable,
    [
      '--wait',
      '--new-window',
      '--disable-workspace-trust',
      `--extensionDevelopmentPath=${root}`,
      // A profile of its own: nothing of the person's VS Code is changed or needed.
      `--user-data-dir=${join(cache, 'user-data')}`,
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      folder,
    ],
    { env: { ...process.env, ...env }, stdio: 'ignore', shell: windows },
  );
  const closed = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  const stopped = ended.then(() => killTree(child));
  const code = await Promise.race([closed, stopped]);
  if (code) throw new Error(`VS Code ended with exit code ${code}.`);
  return true;
}

/** The first of: $VSCODE_EXECUTABLE, an installed `code`, a download. A desktop program needs a desktop. */
async function findDesktop() {
  if (checking) return undefined;
  const chosen = process.env.VSCODE_EXECUTABLE;
  if (chosen) {
    if (!existsSync(chosen)) throw new Error(`VSCODE_EXECUTABLE: ${chosen} does not exist.`);
    return chosen;
  }
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return undefined;
  return onPath(windows ? 'code.cmd' : 'code') ?? (await download());
}

async function download() {
  try {
    const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
    return await downloadAndUnzipVSCode({ cachePath: cache });
  } catch {
    console.log('VS Code could not be downloaded, so the VS Code server from npm takes its place.');
    return undefined;
  }
}

/** Opens the VS Code server in the default browser and keeps it running until `ended` resolves. */
export async function openServer({ folder, scratch, env, ended }) {
  const server = await startVscodeServer({
    installation: await fetchVscodeServer(cache),
    dataFolder: join(scratch, 'server-data'),
    settings: { 'workbench.secondarySideBar.defaultVisibility': 'hidden' },
    env,
    // Only who reads this terminal may enter.
    token: randomBytes(16).toString('hex'),
  });
  try {
    const url = server.windowUrl({ folder, extension: root });
    console.log(`VS Code: ${url}\nOpen Tandem in the activity bar. Ctrl-C here ends everything.`);
    if (!checking) openBrowser(url);
    await ended;
  } finally {
    await server.stop();
  }
}

function openBrowser(url) {
  const [command, ...args] = {
    darwin: ['open', url],
    win32: ['rundll32', 'url.dll,FileProtocolHandler', url],
  }[process.platform] ?? ['xdg-open', url];
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  // Without a browser to open, the printed address is what there is.
  child.on('error', () => {});
  child.unref();
}

function onPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
