import assert from 'node:assert/strict';
import { realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import * as vscode from 'vscode';
import manifest from '../../package.json';
import { tandemHost } from './tandemHost';

describe('activation', () => {
  it('happens on a view, command, link or editor tab of ours only', () => {
    assert.deepEqual(manifest.activationEvents, ['onUri', 'onWebviewPanel:tandem.threadTab']);
  });

  it('loads nothing of the agent by itself', async () => {
    await tandemHost();
    const { extensionPath } = vscode.extensions.getExtension(
      `${manifest.publisher}.${manifest.name}`,
    )!;
    const dist = join(realpathSync(extensionPath), 'dist') + sep;
    const loaded = Object.keys(require.cache)
      .filter((path) => path.startsWith(dist))
      .map((path) => path.slice(dist.length));
    assert.deepEqual(loaded, ['extension.js']);
  });

  it('registers every command of the manifest, and no other', async () => {
    await tandemHost();
    const registered = (await vscode.commands.getCommands(true)).filter(
      // VS Code makes commands for each view by itself.
      (command) => /^tandem\.(?!(thread|hunks)\.)/.test(command),
    );
    const contributed = manifest.contributes.commands.map(({ command }) => command);
    assert.deepEqual(registered.sort(), contributed.sort());
  });

  it('names only commands of ours in menus and keys', () => {
    const contributed = new Set(manifest.contributes.commands.map(({ command }) => command));
    const used = [
      ...Object.values(manifest.contributes.menus).flat(),
      ...manifest.contributes.keybindings,
    ];
    for (const { command } of used) assert.ok(contributed.has(command), command);
  });

  it('has a text for every key of the manifest', async () => {
    const texts = await vscode.workspace.fs.readFile(
      vscode.Uri.joinPath(
        vscode.extensions.getExtension(`${manifest.publisher}.${manifest.name}`)!.extensionUri,
        'package.nls.json',
      ),
    );
    const known = new Set(Object.keys(JSON.parse(Buffer.from(texts).toString()) as object));
    const used = [...JSON.stringify(manifest).matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key!);
    assert.deepEqual([...known].sort(), [...new Set(used)].sort());
  });

  it('binds no key that VS Code binds already in an editor', async () => {
    const uri = vscode.Uri.parse('vscode://defaultsettings/keybindings.json');
    const defaults = (await vscode.workspace.openTextDocument(uri)).getText();
    assert.match(defaults, /"key": "alt\+f5"/);
    for (const { key } of manifest.contributes.keybindings) {
      const chord = key.replace('shift+alt', 'shift\\+alt');
      const found = new RegExp(`"key": "${chord}",\\s*"command": "(?!tandem\\.)([^"]*)"`).exec(
        defaults,
      );
      assert.equal(found?.[1], undefined, `${key} is bound to ${found?.[1]}`);
    }
  });

  it('opens the view, which is ready to be asked', async () => {
    const host = await tandemHost();
    await host.view.reveal();
  });
});
