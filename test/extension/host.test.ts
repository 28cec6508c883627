import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import manifest from '../../package.json';

const id = `${manifest.publisher}.${manifest.name}`;

describe('the extension in VS Code', () => {
  it('is there under its id', () => {
    assert.ok(vscode.extensions.getExtension(id));
  });

  it('asks for no proposed API', () => {
    const declared = vscode.extensions.getExtension(id)?.packageJSON as Record<string, unknown>;
    assert.equal(declared['enabledApiProposals'], undefined);
  });
});
