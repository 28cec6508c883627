import assert from 'node:assert/strict';
import { startDemoServer } from '../../demo/server';
import { Workbench, type WorkbenchOptions } from '../support/host/workbench';
import { startScriptedServer, type Script, type ScriptedServer } from '../support/scriptedServer';

/** The job that the sample workspace is made for. */
export const fixTask = 'slug() only replaces the first space; fix it';

/** Commands run without being asked about, also on a machine where nothing can confine them. */
export const unasked = { 'tandem.sandboxMode': 'full-access' };

/** Gives `drive` a window, keeps a picture when it fails, and closes everything behind it. */
export async function inWindow(
  options: WorkbenchOptions,
  drive: (window: Workbench) => Promise<void>,
): Promise<void> {
  const window = await Workbench.open(options);
  try {
    await drive(window);
  } catch (error) {
    await window.screenshot(`failed-${Date.now()}`).catch(() => {});
    throw error;
  } finally {
    await window.close();
  }
}

/** The same with the demo model behind it. `paceMs` is its pause between two pieces of text. */
export async function inDemoWindow(
  options: Omit<WorkbenchOptions, 'baseUrl'> & { readonly paceMs?: number },
  drive: (window: Workbench) => Promise<void>,
): Promise<void> {
  const { paceMs = 2, ...rest } = options;
  const { url, server } = await startDemoServer({ paceMs });
  try {
    await inWindow({ ...rest, baseUrl: url }, drive);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** The same with a model that follows a script; every request is to be one that a server accepts. */
export async function inScriptedWindow(
  script: Script,
  options: Omit<WorkbenchOptions, 'baseUrl'>,
  drive: (window: Workbench, server: ScriptedServer) => Promise<void>,
): Promise<void> {
  const server = await startScriptedServer(script);
  try {
    await inWindow({ ...options, baseUrl: server.baseUrl }, (window) => drive(window, server));
    assert.deepEqual(server.violations, []);
  } finally {
    await server.close();
  }
}
