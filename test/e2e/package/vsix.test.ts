import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fetchVscodeServer } from '../../support/host/fetchVscodeServer';
import { functionCall, message, respond, startScriptedServer } from '../../support/scriptedServer';
import { zipNames } from '../../support/zipNames';
import { inWindow, unasked } from '../window';

const execute = promisify(execFile);

const contentsFile = 'test/architecture/packageContents.txt';

/** What a package holds, without the parts of names that change with what is in the file and with the machine. */
function contentsOf(vsix: string): string[] {
  const names = zipNames(vsix).map((name) =>
    name
      .replace(/-[A-Z0-9]{8}(?=\.\w+$)/, '-HASH')
      .replace(`/${process.platform}-${process.arch}/`, '/PLATFORM/'),
  );
  return [...new Set(names)].sort();
}

async function knownContents(): Promise<string[]> {
  return (await readFile(contentsFile, 'utf8')).trim().split('\n');
}

describe('the packaged extension', () => {
  it('D16 holds what is listed and no more; it installs, activates and runs a command in a real pseudo-terminal', async () => {
    const scratch = await mkdtemp(join(tmpdir(), 'tandem-vsix-'));
    const command = 'test -t 1 && echo "a terminal of $(stty size | wc -w) numbers"';
    const model = await startScriptedServer((request) =>
      request.raw.includes('function_call_output')
        ? respond(message('It ran.'))
        : respond(functionCall('exec_command', { cmd: command }, 'call_1')),
    );
    try {
      const vsix = join(scratch, 'tandem.vsix');
      await execute('npm', ['run', '-s', 'package', '--', '--out', vsix]);
      assert.ok((await stat(vsix)).size < 3_000_000);
      assert.deepEqual(contentsOf(vsix), await knownContents());
      const extensionsFolder = join(scratch, 'extensions');
      await installInto(extensionsFolder, vsix);
      const options = { baseUrl: model.baseUrl, extensionsFolder, settings: unasked };
      await inWindow(options, async (window) => {
        await window.openTandem();
        await window.send('Run it');
        await window.transcript.getByText('It ran.').waitFor();
        await window.waitForEnd();
      });
      const output = model.requests.at(-1)?.outputOf('call_1') ?? '';
      assert.match(output, /a terminal of 2 numbers/);
      assert.deepEqual(model.violations, []);
    } finally {
      await model.close();
      await rm(scratch, { recursive: true, force: true });
    }
  });
});

/** Installs as a person would, with the server's own command line. */
async function installInto(extensionsFolder: string, vsix: string): Promise<void> {
  const installation = await fetchVscodeServer('.vscode-test');
  await execute(process.execPath, [
    join(installation, 'out', 'server-main.js'),
    '--accept-server-license-terms',
    ...['--extensions-dir', extensionsFolder, '--install-extension', vsix],
  ]);
}
