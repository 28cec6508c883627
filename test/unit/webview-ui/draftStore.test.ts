import assert from 'node:assert/strict';
import type { HostMessage, ViewMessage } from '../../../src/protocol/viewProtocol';
import type { Attachment, SelectionAttachment } from '../../../src/protocol/input';
import { attachmentLabel } from '../../../webview-ui/src/attachments';
import { countUnkept, createDraftStore } from '../../../webview-ui/src/draftStore';
import { createHostConnection } from '../../../webview-ui/src/hostConnection';

function open(stored?: unknown) {
  let hear: (message: HostMessage) => void = () => undefined;
  const memory = { value: stored };
  const posted: ViewMessage[] = [];
  const connection = createHostConnection({
    post: (message) => posted.push(message),
    listen: (listener) => (hear = listener),
  });
  const drafts = createDraftStore(connection, {
    read: () => memory.value,
    write: (value) => (memory.value = value),
  });
  const attach = (...attachments: readonly Attachment[]) =>
    hear({ kind: 'notification', name: 'composer/attached', params: { attachments } });
  const fill = (text: string) =>
    hear({ kind: 'notification', name: 'composer/filled', params: { text } });
  const move = (...selections: readonly SelectionAttachment[]) =>
    hear({ kind: 'notification', name: 'selections/moved', params: { selections } });
  const asked = () => posted.map(({ name, params }) => ({ name, params }));
  const answer = async (result: unknown) => {
    hear({ kind: 'answer', id: posted.at(-1)?.id ?? 0, result });
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { drafts, memory, attach, fill, move, asked, answer };
}

const selection: Attachment = {
  kind: 'selection',
  path: 'src/slug.js',
  startLine: 1,
  endLine: 4,
  text: 'x',
};

describe('createDraftStore', () => {
  it('keeps text and attachments for the next page', () => {
    const { drafts, memory, attach } = open();
    drafts.setText('fix it');
    attach(selection);
    const next = open(memory.value).drafts;
    assert.deepEqual(next.get(), { text: 'fix it', attachments: [{ ...selection, id: '1' }] });
  });

  it('C10 takes the text of a link behind what the person has begun to write', () => {
    const { drafts, fill } = open();
    fill('from a link');
    assert.equal(drafts.get().text, 'from a link');
    drafts.setText('mine');
    fill('from a link');
    assert.equal(drafts.get().text, 'mine\n\nfrom a link');
  });

  it('takes the same attachment once and lets go of the one removed', () => {
    const { drafts, attach } = open();
    attach(selection);
    attach(selection, { kind: 'file', path: 'notes.md' });
    drafts.detach(0);
    assert.deepEqual(drafts.get().attachments, [{ kind: 'file', path: 'notes.md' }]);
  });

  it('takes a later state of the same thing in place of the earlier one, and two pastes as two', () => {
    const { drafts, attach } = open();
    const text = { kind: 'text', name: '' } as const;
    attach({ ...text, source: 'problems', text: 'one' }, { ...text, source: 'paste', text: 'a' });
    attach({ ...text, source: 'problems', text: 'two' }, { ...text, source: 'paste', text: 'b' });
    const kept = drafts.get().attachments.map((each) => 'text' in each && each.text);
    assert.deepEqual(kept, ['a', 'two', 'b']);
  });

  it('has the host follow the selections of the draft, and takes their new places', async () => {
    const { drafts, attach, asked, answer, move } = open();
    attach(selection);
    const followed = { ...selection, id: '1' };
    assert.deepEqual(asked(), [{ name: 'selections/follow', params: { selections: [followed] } }]);
    await answer([{ ...followed, startLine: 3, endLine: 6 }]);
    assert.deepEqual(drafts.get().attachments, [{ ...followed, startLine: 3, endLine: 6 }]);
    move({ ...followed, gone: true });
    assert.deepEqual(drafts.get().attachments, [{ ...followed, gone: true }]);
    drafts.setText('words alone change nothing of that');
    assert.equal(asked().length, 1);
    drafts.detach(0);
    assert.deepEqual(asked().at(-1)?.params, { selections: [] });
  });

  it('keeps pictures for the next page while they fit, and never loses the text', async () => {
    const { drafts, memory } = open();
    const image = (name: string, size: number): Attachment => ({
      ...{ kind: 'image', name },
      dataUrl: `data:image/png;base64,${name}${'A'.repeat(size)}`,
    });
    drafts.replace({ text: 'look', attachments: [image('a', 10), image('b', 9_000_000)] });
    while (!memory.value) await new Promise((resolve) => setTimeout(resolve, 20));
    const kept = open(memory.value).drafts.get();
    assert.equal(kept.text, 'look');
    assert.deepEqual(kept.attachments, [image('a', 10)]);
    assert.equal(countUnkept(drafts.get()), 1);
    assert.equal(countUnkept(kept), 0);
  });

  it('begins empty where the memory holds something else', () => {
    for (const stored of [undefined, null, 'x', { draft: 1 }, { draft: { text: 2 } }]) {
      assert.deepEqual(open(stored).drafts.get(), { text: '', attachments: [] });
    }
  });
});

describe('attachmentLabel', () => {
  it('names lines as a range, or one line alone', () => {
    assert.equal(attachmentLabel(selection), 'src/slug.js:1-4');
    assert.equal(attachmentLabel({ ...selection, endLine: 1 }), 'src/slug.js:1');
  });
});
