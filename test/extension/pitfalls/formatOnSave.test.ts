import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { lastOutput, patchCall, useReviewDesk } from './reviewDesk';

const start = 'one\ntwo\nthree\nfour\nfive\nsix\n';
const patched = start.replace('two', 'TWO');
const formatted = patched.replace('five', 'five;');

/** A formatter that puts a semicolon after `five`. */
const formatter: vscode.DocumentFormattingEditProvider = {
  provideDocumentFormattingEdits(document) {
    const line = document.lineAt(4);
    return line.text === 'five' ? [vscode.TextEdit.insert(line.range.end, ';')] : [];
  },
};

describe('format on save', () => {
  const desk = useReviewDesk();
  const subscriptions: vscode.Disposable[] = [];
  const setOnSave = (value: true | undefined) =>
    vscode.workspace
      .getConfiguration('editor')
      .update('formatOnSave', value, vscode.ConfigurationTarget.Global);

  before(async () => {
    await setOnSave(true);
    const selector = { pattern: '**/pitfalls/**' };
    subscriptions.push(
      vscode.languages.registerDocumentFormattingEditProvider(selector, formatter),
    );
  });
  after(async () => {
    for (const subscription of subscriptions) subscription.dispose();
    await setOnSave(undefined);
  });

  beforeEach(async () => {
    await desk.write('a.txt', start);
    await desk.open('a.txt');
    await desk.turn(patchCall(desk.path('a.txt'), ['-two', '+TWO']));
  });

  it('is shown apart from the patch, and told to the model in the answer to its call', async () => {
    desk.holds('a.txt', { disk: formatted });
    await desk.hunks('a.txt', 2);
    assert.match(lastOutput(desk.requests.at(-1)), /format on save[^]*-five\n\+five;/);
    const entries = desk.host.shown.state?.turns.at(-1)?.entries ?? [];
    const [change] = entries.flatMap((item) => (item.type === 'fileChange' ? item.changes : []));
    assert.match(change?.diff ?? '', /\+TWO/);
    assert.doesNotMatch(change?.diff ?? '', /five;/);
    assert.match(change?.savedFurther?.diff ?? '', /\+five;/);
  });

  it('is accepted and rejected like the agent’s own, and undone in steps of its own', async () => {
    await desk.hunks('a.txt', 2);
    await desk.goBack('undo', 'a.txt', patched, start);
    await desk.hunks('a.txt', 0);
    await desk.goBack('redo', 'a.txt', patched, formatted);
    await desk.hunks('a.txt', 2);
    await desk.settle('accept', 'a.txt', 1);
    await desk.hunks('a.txt', 1);
    await desk.settle('reject', 'a.txt', 0);
    await desk.hunks('a.txt', 0);
    desk.holds('a.txt', { disk: formatted.replace('TWO', 'two') });
    assert.match(await desk.told(), /-two\n\+TWO/);
  });

  it('runs on a reject too, and what it does then is the person’s: nothing is pending', async () => {
    await desk.hunks('a.txt', 2);
    await desk.settle('reject', 'a.txt');
    await desk.hunks('a.txt', 0);
    const kept = start.replace('five', 'five;');
    desk.holds('a.txt', { disk: kept });
    await desk.goBack('undo', 'a.txt', start, formatted);
    await desk.hunks('a.txt', 2);
    await desk.goBack('redo', 'a.txt', start, kept);
    await desk.hunks('a.txt', 0);
    assert.match(await desk.told(), /Rejected[^]*-two\n\+TWO/);
  });
});
