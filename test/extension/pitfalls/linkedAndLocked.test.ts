import assert from 'node:assert/strict';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import * as vscode from 'vscode';
import { customCall } from '../../support/scriptedServer';
import { lastOutput, patchCall, shellCall, useReviewDesk } from './reviewDesk';

const start = 'one\ntwo\nthree\n';
const edited = start.replace('two', 'TWO');
const edit = ['-two', '+TWO'];

describe('symbolic links', () => {
  const desk = useReviewDesk();

  beforeEach(async () => {
    await desk.write('real.txt', start);
    symlinkSync('real.txt', desk.uri('link.txt').fsPath);
  });

  it('are followed: the file itself is under review, once, and stays a link’s target', async () => {
    await desk.open('real.txt');
    await desk.turn(patchCall(desk.path('link.txt'), edit));
    await desk.hunks('real.txt', 1);
    assert.equal(desk.host.review.files.length, 1);
    desk.holds('real.txt', { disk: edited });
    assert.equal(readlinkSync(desk.uri('link.txt').fsPath), 'real.txt');
    await desk.settle('reject', 'real.txt', 0);
    await desk.hunks('real.txt', 0);
    desk.holds('real.txt', { disk: start });
    assert.match(await desk.told(), /real\.txt, line 2:/);
    assert.ok(lstatSync(desk.uri('link.txt').fsPath).isSymbolicLink());
  });

  it('to a file with unsaved text do not let a patch write under it', async () => {
    await desk.type('real.txt', 0, 'mine\n');
    await desk.turn(patchCall(desk.path('link.txt'), edit));
    desk.holds('real.txt', { disk: start, buffer: `mine\n${edited}`, dirty: true });
    await desk.hunks('real.txt', 1);
    await desk.goBack('undo', 'real.txt', `mine\n${start}`);
  });

  it('that lead out of the folder are refused, and the model is told so', async () => {
    symlinkSync('/etc/hostname', desk.uri('out.txt').fsPath);
    const patch = `*** Begin Patch\n*** Delete File: ${desk.path('out.txt')}\n*** End Patch`;
    await desk.turn(customCall('apply_patch', patch));
    assert.match(lastOutput(desk.requests.at(-1)), /outside/);
    assert.ok(lstatSync(desk.uri('out.txt').fsPath).isSymbolicLink());
  });

  it('that a command makes or turns elsewhere are told of, and left alone by a reject', async () => {
    const cd = `cd ${desk.path('.')}`;
    await desk.turn(shellCall(`${cd}; ln -sfn other.txt link.txt; echo n > other.txt`));
    await desk.hunks('other.txt', 1);
    await vscode.commands.executeCommand('tandem.rejectAll');
    await desk.hunks('other.txt', 0);
    assert.equal(readlinkSync(desk.uri('link.txt').fsPath), 'other.txt');
    assert.match(desk.host.shown.state?.changes.notes.join() ?? '', /link\.txt/);
  });
});

describe('files that are not to be written', () => {
  const desk = useReviewDesk();

  it('keep their permissions through patch, reject and undo', async () => {
    await desk.write('a.txt', start);
    const { fsPath } = desk.uri('a.txt');
    chmodSync(fsPath, 0o444);
    await desk.turn(patchCall(desk.path('a.txt'), edit));
    await desk.hunks('a.txt', 1);
    await desk.settle('reject', 'a.txt', 0);
    await desk.hunks('a.txt', 0);
    desk.holds('a.txt', { disk: start });
    assert.equal(statSync(fsPath).mode & 0o777, 0o444);
  });

  it('because they cannot be saved are left as they were, and the model is told', async () => {
    await desk.write('a.txt', start);
    const { document } = await desk.open('a.txt');
    const { fsPath } = desk.uri('a.txt');
    // What stops root too: a folder has taken the place of the file by the time it is saved.
    const blocked = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document !== document || document.getText() !== edited) return;
      rmSync(fsPath);
      mkdirSync(fsPath);
    });
    try {
      await desk.turn(patchCall(desk.path('a.txt'), edit));
    } finally {
      blocked.dispose();
    }
    rmSync(fsPath, { recursive: true });
    assert.match(lastOutput(desk.requests.at(-1)), /a\.txt could not be saved/);
    assert.equal(document.getText(), start);
    assert.equal(desk.pending('a.txt'), undefined);
    assert.equal(await desk.told(), '');
  });
});
