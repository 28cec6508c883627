// Builds, finds a model and a VS Code, and opens a folder in it. Ctrl-C ends all that was started.
// TANDEM_START_CHECK=1 takes the VS Code server and opens no browser, so that a test can visit the printed address.
import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { copySampleWorkspace } from '../test/support/host/sampleWorkspace.ts';
import { startModel } from './model.mjs';
import { root } from './repository.mjs';
import { run } from './run.mjs';
import { openDesktop, openServer } from './vscode.mjs';

const scratch = await mkdtemp(join(tmpdir(), 'tandem-start-'));
const ended = new Promise((end) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
});

try {
  const built = await run('node', ['esbuild.mjs'], { quiet: true });
  if (built.code !== 0) throw new Error(`The build failed.\n${built.output.trim()}`);
  const [given] = process.argv.slice(2);
  const folder = given ? givenFolder(given) : await copySampleWorkspace(root, scratch);
  const { description, env } = await startModel();
  // Threads about a workspace that is gone tomorrow need not be kept.
  const home = given || process.env.TANDEM_HOME ? {} : { TANDEM_HOME: join(scratch, 'home') };
  console.log(`Folder:  ${folder}${given ? '' : ' (a fresh copy of the sample workspace)'}`);
  console.log(`Model:   ${description}`);
  const target = { folder, scratch, env: { ...env, ...home }, ended };
  if (!(await openDesktop(target))) await openServer(target);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await rm(scratch, { recursive: true, force: true });
  // The demo model's channel would keep this process alive.
  process.exit();
}

function givenFolder(path) {
  const folder = resolve(process.env.TANDEM_CALLED_FROM ?? process.cwd(), path);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new Error(`${folder} is not a folder.`);
  }
  return folder;
}
