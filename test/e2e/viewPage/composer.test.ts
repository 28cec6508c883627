import assert from 'node:assert/strict';
import type { SelectionAttachment } from '../../../src/protocol/input';
import type { HostNotificationName, HostNotifications } from '../../../src/protocol/viewProtocol';
import { composerStates, picture } from './composerStates';
import { pageStates } from './states';
import { useViewPage } from './useViewPage';

describe('the composer in a browser', function () {
  const view = useViewPage();
  const message = () => view.page.getByRole('textbox', { name: 'Message Tandem' });
  const option = (name: string | RegExp) => view.page.getByRole('option', { name });
  const remove = (name: string) => view.button(`Remove ${name}`);
  const text = () => message().inputValue();
  function tell<Name extends HostNotificationName>(name: Name, params: HostNotifications[Name]) {
    return view.page.evaluate(`window.tell(${JSON.stringify(name)}, ${JSON.stringify(params)})`);
  }
  /** What is attached for the next mention. */
  const answerMention = (attachment: object) =>
    view.page.evaluate(`window.answers['mention/attach'] = ${JSON.stringify(attachment)}`);
  /** Pastes as the system would: a text, or files. */
  const paste = (what: {
    readonly text?: string;
    readonly files?: readonly [name: string, type: string, size: number][];
  }) =>
    view.page.evaluate(`(() => {
      const { text, files = [] } = ${JSON.stringify(what)};
      const data = new DataTransfer();
      if (text !== undefined) data.setData('text/plain', text);
      for (const [name, type, size] of files) {
        data.items.add(new File(['x'.repeat(size)], name, { type }));
      }
      const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
      return document.activeElement.dispatchEvent(event);
    })()`);
  const drop = (kind: string, value: string) =>
    view.page.evaluate(`(() => {
      const data = new DataTransfer();
      data.setData(${JSON.stringify(kind)}, ${JSON.stringify(value)});
      const event = new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
    })()`);

  describe('mentions', () => {
    it('offers kinds and open editors at an @, and what is found while a name is typed', async () => {
      await view.open(composerStates.composer);
      await message().pressSequentially('Look at @');
      await view.page.getByRole('listbox', { name: 'Mentions' }).waitFor();
      for (const name of [
        /^Files/,
        /^Folders/,
        /^Symbols/,
        /^Problems/,
        /^Terminal/,
        /^Git diff/,
      ]) {
        await option(name).waitFor();
      }
      await option(/^slug\.js/).waitFor();
      await message().pressSequentially('sl');
      await option(/^slugs\//).waitFor();
      assert.equal(await option(/^Problems/).count(), 0);
      await message().press('Escape');
      assert.equal(await view.page.getByRole('listbox').count(), 0);
      assert.equal(await text(), 'Look at @sl');
    });

    it('puts a readable token into the text and a chip beside it, by keyboard alone', async () => {
      await view.open(composerStates.composer);
      await answerMention({ kind: 'file', path: 'src/slug.js' });
      await message().pressSequentially('Fix @sl');
      await option(/^slug\.js/).waitFor();
      assert.equal(
        await message().getAttribute('aria-activedescendant'),
        await option(/^slug\.js/).getAttribute('id'),
      );
      await message().press('ArrowDown');
      await message().press('ArrowUp');
      await message().press('Enter');
      assert.equal(await text(), 'Fix @src/slug.js ');
      await remove('src/slug.js').waitFor();
      await message().pressSequentially('now');
      await message().press('Enter');
      assert.deepEqual(await view.asked(), [
        {
          name: 'mention/attach',
          params: { mention: { kind: 'file', path: 'src/slug.js' } },
        },
        {
          name: 'turn/start',
          params: {
            input: {
              text: 'Fix @src/slug.js now',
              attachments: [{ kind: 'file', path: 'src/slug.js' }],
            },
          },
        },
      ]);
    });

    it('goes on to one kind alone, and gives its token back by undo', async () => {
      await view.open(composerStates.composer);
      await message().pressSequentially('@slug');
      await option(/Symbols named “slug”/).click();
      assert.equal(await text(), '@symbol:slug');
      await option(/^slugOf/).click();
      assert.equal(await text(), '@slugOf ');
      await message().press('Control+z');
      assert.equal(await text(), '@symbol:slug');
    });

    it('says where nothing is found, and leaves Enter to the message then', async () => {
      await view.open(composerStates.composer);
      await message().pressSequentially('@file:xyz');
      await view.page.getByRole('status').getByText('Nothing is found.').waitFor();
      await message().press('Enter');
      assert.deepEqual((await view.asked()).at(-1)?.name, 'turn/start');
    });

    it('leaves Enter to the message also where only the way to symbols is offered', async () => {
      await view.open(composerStates.composer);
      await message().pressSequentially('Why no @xyz');
      await option(/^Symbols named/).waitFor();
      await view.until(`window.read.some(({ params }) => params.query === 'xyz')`);
      const chosen = view.page.locator('.composer-menu [aria-selected=true]');
      assert.equal(await chosen.count(), 0);
      await message().press('Enter');
      const input = { text: 'Why no @xyz', attachments: [] };
      assert.deepEqual(await view.lastAsked(), { name: 'turn/start', params: { input } });
      await message().pressSequentially('Or @xyz');
      await option(/^Symbols named/).waitFor();
      await message().press('ArrowUp');
      await message().press('Enter');
      assert.equal(await text(), 'Or @symbol:xyz');
    });

    it('closes with Escape also where nothing is found, and stops nothing by that', async () => {
      await view.open({ ...pageStates.running, answers: composerStates.composer.answers });
      await message().pressSequentially('@file:xyz');
      const note = view.page.getByRole('status').getByText('Nothing is found.');
      await note.waitFor();
      await message().press('Escape');
      await note.waitFor({ state: 'detached' });
      assert.deepEqual(await view.askedFor('turn/interrupt'), []);
      await message().press('Escape');
      assert.deepEqual(await view.askedFor('turn/interrupt'), [{}]);
    });

    it('says why something cannot be attached', async () => {
      await view.open(composerStates.composer);
      const reason = 'There are no errors or warnings in this folder.';
      await view.refuse('mention/attach', reason);
      await message().pressSequentially('@pro');
      await message().press('Tab');
      await view.page.getByRole('alert').getByText(reason).waitFor();
      assert.equal(await text(), '@problems ');
    });
  });

  describe('commands', () => {
    const names = ['/agent', '/plan', '/ask', '/compact', '/init', '/review', '/new', '/status'];

    it('offers each with what it does, and switches the mode with one', async () => {
      await view.open(composerStates.composer);
      await message().fill('/');
      for (const name of names)
        await option(new RegExp(`^${name} \\S`))
          .first()
          .waitFor();
      await message().pressSequentially('pl');
      await message().press('Enter');
      assert.deepEqual(await view.asked(), [{ name: 'settings/update', params: { mode: 'plan' } }]);
      assert.equal(await text(), '');
    });

    it('keeps what is attached for the message that follows a switch of the mode', async () => {
      await view.open(composerStates.composer);
      await tell('composer/attached', { attachments: [{ kind: 'file', path: 'notes.md' }] });
      await message().fill('/ask');
      await message().press('Enter');
      await remove('notes.md').waitFor();
    });

    it('keeps a mistyped one in the box and says which there are, with nothing sent', async () => {
      await view.open(composerStates.composer);
      await message().fill('/hepl');
      await message().press('Enter');
      const alert = view.page.getByRole('alert');
      const words = `There is no command /hepl. These are known: ${names.join(', ')}`;
      await alert.getByText(words, { exact: true }).waitFor();
      assert.equal(await text(), '/hepl');
      assert.deepEqual(await view.asked(), []);
    });

    it('shows the status with the sandbox and why it is as it is, and gives the focus back', async () => {
      await view.open(composerStates.composer);
      await message().fill('/status');
      await message().press('Enter');
      const panel = view.page.getByRole('region', { name: 'Status' });
      for (const words of [
        'api.openai.com',
        'gpt-5.5',
        'on-request',
        'bubblewrap is not installed',
        '18,240 of 258,000 tokens, 7%',
        '/projects/shop',
      ]) {
        await panel.getByText(words).waitFor();
      }
      await view.page.keyboard.press('Escape');
      await panel.waitFor({ state: 'detached' });
      assert.equal(await view.page.evaluate('document.activeElement.tagName'), 'TEXTAREA');
      assert.deepEqual(await view.asked(), []);
    });
  });

  describe('the context meter', () => {
    it('opens what fills the context by keyboard, and summarises from there', async () => {
      await view.open(composerStates.composer);
      const meter = view.button('Context: 18k · 7%');
      await meter.press('Enter');
      const panel = view.page.getByRole('region', { name: 'Context' });
      await panel.getByText('18,240 tokens: 7% of the 258,000').waitFor();
      const parts = panel.getByRole('listitem');
      assert.deepEqual(
        (await parts.allInnerTexts()).map((part) => part.replace(/\s+/g, ' ')),
        [
          'Instructions and tools 6,100',
          'AGENTS.md 900',
          'Conversation 2,300',
          'Tool output 7,400',
          'Attachments and images 1,900',
        ],
      );
      await panel.getByText('91% came from the cache').waitFor();
      await view.button('Summarise now').click();
      assert.deepEqual(await view.asked(), [{ name: 'thread/compact', params: {} }]);
    });

    it('does not offer to summarise while a turn runs', async () => {
      await view.open({ ...pageStates.running, answers: composerStates.composer.answers });
      await view.button('Context: 18k · 7%').click();
      assert.equal(await view.button('Summarise now').isDisabled(), true);
    });
  });

  describe('what is pasted and dropped', () => {
    it('attaches a picture with a thumbnail, and sends it', async () => {
      await view.open(composerStates.composerEmpty);
      await message().focus();
      await paste({ files: [['shot.png', 'image/png', 3]] });
      await remove('shot.png').waitFor();
      assert.equal(await view.page.locator('.chip img').count(), 1);
      await message().fill('Like this');
      await message().press('Enter');
      const attachments = [
        { kind: 'image', name: 'shot.png', dataUrl: 'data:image/png;base64,eHh4' },
      ];
      assert.deepEqual((await view.asked())[0]?.params, {
        input: { text: 'Like this', attachments },
      });
    });

    it('refuses drawings, odd pictures and large ones, each with its reason', async () => {
      await view.open(composerStates.composerEmpty);
      await message().focus();
      const alert = view.page.getByRole('alert');
      await paste({ files: [['a.svg', 'image/svg+xml', 3]] });
      await alert.getByText('a.svg is a drawing that models cannot look at.').waitFor();
      await paste({ files: [['a.bmp', 'image/bmp', 3]] });
      await alert.getByText('a.bmp is no PNG, JPEG, GIF or WebP image.').waitFor();
      await paste({ files: [['a.png', 'image/png', 10_485_761]] });
      await alert.getByText('at most 10 MB').waitFor();
      assert.equal(await view.page.locator('.chip').count(), 0);
    });

    it('attaches long text, opens it, and puts it into the message when asked', async () => {
      await view.open(composerStates.composerEmpty);
      await message().fill('Why? ');
      const long = Array.from({ length: 26 }, (_, index) => `line ${index}`).join('\n');
      await paste({ text: long });
      assert.equal(await text(), 'Why? ');
      await view.page.getByRole('button', { name: 'Pasted text, 26 lines', exact: true }).click();
      assert.deepEqual(await view.asked(), [{ name: 'attachment/open', params: { text: long } }]);
      await view.button('Put Pasted text, 26 lines into the message').click();
      assert.equal(await text(), `Why? ${long}`);
      assert.equal(await view.page.locator('.chip').count(), 0);
      await message().press('Control+z');
      assert.equal(await text(), 'Why? ');
    });

    it('keeps what is too large to be sent, and says why', async () => {
      await view.open(composerStates.composerEmpty);
      await message().fill('Why does this fail?');
      await view.page.evaluate(`(() => {
        const data = new DataTransfer();
        data.setData('text/plain', 'x'.repeat(2_000_001));
        const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
        document.activeElement.dispatchEvent(event);
      })()`);
      await view.page.locator('.chip').waitFor();
      await message().press('Enter');
      await view.page.getByRole('alert').getByText('An attached text is too long').waitFor();
      assert.equal(await text(), 'Why does this fail?');
      assert.equal(await view.page.locator('.chip').count(), 1);
      assert.deepEqual(await view.askedFor('turn/start'), []);
    });

    it('tells of invisible characters in pasted text too, and removes them there', async () => {
      await view.open(composerStates.composerEmpty);
      await message().focus();
      await paste({ text: `${'word '.repeat(500)}\u200b` });
      await view.page.getByText('1 invisible character').waitFor();
      await view.button('Remove them').click();
      await view.page.getByText('1 invisible character').waitFor({ state: 'detached' });
    });

    it('leaves short text to the textbox', async () => {
      await view.open(composerStates.composerEmpty);
      await message().focus();
      assert.equal(await paste({ text: 'short' }), true);
      assert.equal(await view.page.locator('.chip').count(), 0);
    });

    it('has the host attach what is dropped from the explorer', async () => {
      await view.open(composerStates.composerEmpty);
      await drop(
        'application/vnd.code.uri-list',
        'file:///projects/shop/a.ts\r\nfile:///projects/shop/src',
      );
      assert.deepEqual(await view.asked(), [
        {
          name: 'attachment/drop',
          params: { uris: ['file:///projects/shop/a.ts', 'file:///projects/shop/src'] },
        },
      ]);
    });

    it('shows sent pictures small, and large on a press', async () => {
      await view.open(composerStates.picturesSent);
      const image = view.button('Image mock-up.png');
      assert.equal(await image.getAttribute('aria-expanded'), 'false');
      await image.press('Enter');
      assert.equal(await image.getAttribute('aria-expanded'), 'true');
      assert.equal(await image.locator('img').getAttribute('src'), picture);
    });
  });

  describe('the draft', () => {
    const selection: SelectionAttachment = {
      ...{ kind: 'selection', path: 'src/slug.js', startLine: 1, endLine: 4, text: 'x' },
    };

    it('shows where attached lines are now, and that they are gone', async () => {
      await view.open(composerStates.composerEmpty);
      await tell('composer/attached', { attachments: [selection] });
      await remove('src/slug.js:1-4').waitFor();
      const moved = { ...selection, id: '1', startLine: 5, endLine: 8, text: 'y' };
      await tell('selections/moved', { selections: [moved] });
      await remove('src/slug.js:5-8').waitFor();
      await view.page.getByRole('button', { name: 'slug.js:5-8', exact: true }).click();
      assert.deepEqual((await view.asked()).at(-1), {
        name: 'file/open',
        params: { path: 'src/slug.js', line: 5 },
      });
      await tell('selections/moved', { selections: [{ ...moved, gone: true }] });
      await view.page.getByRole('button', { name: 'slug.js:5-8 gone', exact: true }).waitFor();
    });

    it('brings back what was said last with the up arrow, in an empty composer only', async () => {
      await view.open(composerStates.picturesSent);
      await message().press('ArrowUp');
      assert.equal(await text(), 'Make it look like this, and mind @src/slug.js');
      await remove('mock-up.png').waitFor();
      await message().fill('mine');
      await message().press('ArrowUp');
      assert.equal(await text(), 'mine');
    });

    it('grows with its text to a limit, and nothing overlaps at 220 px', async () => {
      await view.open(composerStates.composer, { width: 220 });
      await tell('composer/attached', {
        attachments: [selection, { kind: 'file', path: 'notes.md' }],
      });
      await message().fill('line\n'.repeat(60));
      const height = await message().evaluate((box: { clientHeight: number }) => box.clientHeight);
      assert.ok(height > 200 && height <= 310, `${height}`);
      const boxes = await view.page.evaluate<
        readonly { x: number; y: number; right: number; bottom: number }[]
      >(
        `[...document.querySelectorAll('.composer-bar .select, .composer-end > *, .composer textarea, .composer .chip')].map((each) => {
          const { x, y, right, bottom } = each.getBoundingClientRect();
          return { x, y, right, bottom };
        }).filter(({ x, right }) => right > x)`,
      );
      for (const [index, a] of boxes.entries()) {
        assert.ok(a.x >= 0 && a.right <= 220, JSON.stringify(a));
        for (const b of boxes.slice(index + 1)) {
          const apart =
            a.right <= b.x + 0.5 ||
            b.right <= a.x + 0.5 ||
            a.bottom <= b.y + 0.5 ||
            b.bottom <= a.y + 0.5;
          assert.ok(apart, JSON.stringify([a, b]));
        }
      }
    });

    it('leaves Enter to an input method while it composes', async () => {
      await view.open(composerStates.composerEmpty);
      await message().fill('に');
      const key = (isComposing: boolean) =>
        view.page.evaluate(
          `document.activeElement.dispatchEvent(new KeyboardEvent('keydown',
            { key: 'Enter', isComposing: ${isComposing}, bubbles: true, cancelable: true }))`,
        );
      assert.equal(await key(true), true);
      assert.deepEqual(await view.asked(), []);
      assert.equal(await key(false), false);
      assert.equal((await view.asked()).length, 1);
    });
  });
});
