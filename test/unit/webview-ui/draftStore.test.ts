import assert from 'node:assert/strict';
import type { HostMessage } from '../../../src/protocol/viewProtocol';
import type { Attachment } from '../../../src/protocol/input';
import { attachmentLabel } from '../../../webview-ui/src/attachments';
import { createDraftStore } from '../../../webview-ui/src/draftStore';
import { createHostConnection } from '../../../webview-ui/src/hostConnection';

function open(stored?: unknown) {
  let hear: (message: HostMessage) => void = () => undefined;
  const memory = { value: stored };
  const connection = createHostConnection({
    post: () => undefined,
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
  return { drafts, memory, attach, fill };
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
