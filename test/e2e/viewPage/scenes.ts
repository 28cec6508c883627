import type { Page } from 'playwright-core';
import { emptyChangeSet } from '../../../src/protocol/changes';
import { commitStates } from './commitStates';
import { changeStates } from './changeStates';
import { commentStates } from './commentStates';
import { compactedStates } from './compactedStates';
import { attached, composerStates } from './composerStates';
import { hostStates } from './hostStates';
import { askedStates, deceivingState } from './hostileStates';
import { restoreStates } from './restoreStates';
import { reviewStates } from './reviewStates';
import { pageStates, type PageState } from './states';
import { threadStates } from './threadStates';
import { transcriptStates } from './transcriptStates';
import { waitingStates } from './waitingStates';

/** A state, and what a person did to it before the picture. */
export interface Scene {
  readonly state: PageState;
  readonly act?: (page: Page) => Promise<void>;
}

const { running, finished, asking, manyFiles } = pageStates;

/** Everything the view can look like, by name: drawn, looked at, and checked for who cannot see it. */
export const scenes: Readonly<Record<string, Scene>> = {
  ...Object.fromEntries(Object.entries(pageStates).map(([name, state]) => [name, { state }])),
  ...Object.fromEntries(Object.entries(compactedStates).map(([name, state]) => [name, { state }])),
  ...Object.fromEntries(Object.entries(reviewStates).map(([name, state]) => [name, { state }])),
  ...Object.fromEntries(Object.entries(hostStates).map(([name, state]) => [name, { state }])),
  ...Object.fromEntries(Object.entries(transcriptStates).map(([name, state]) => [name, { state }])),
  ...Object.fromEntries(Object.entries(waitingStates).map(([name, state]) => [name, { state }])),
  ...Object.fromEntries(Object.entries(commentStates).map(([name, state]) => [name, { state }])),
  ...Object.fromEntries(Object.entries(commitStates).map(([name, state]) => [name, { state }])),
  ...Object.fromEntries(Object.entries(askedStates).map(([name, state]) => [name, { state }])),
  deceiving: { state: deceivingState },
  committing: {
    state: commitStates.accepted,
    act: (page) => page.getByRole('button', { name: 'Commit accepted' }).click(),
  },
  commitRefused: {
    state: {
      ...commitStates.partlyAccepted,
      refused: {
        'commit/create': {
          message:
            'Git did not commit, and nothing changed: a hook or a setting of this repository refused it.\n\n> eslint src\n\nsrc/slug.js\n  3:10  error  Unexpected spaces  no-multi-spaces\n\n1 problem',
        },
      },
    },
    act: async (page) => {
      await page.getByRole('button', { name: 'Commit accepted' }).click();
      await page.waitForTimeout(200);
      await page.getByRole('button', { name: 'Commit', exact: true }).click();
    },
  },
  checkOpened: {
    state: finished,
    act: async (page) => {
      await page.getByRole('button', { name: /npx eslint src/ }).click();
      await page.getByRole('button', { name: /Show where it ran/ }).scrollIntoViewIfNeeded();
    },
  },
  summaryOpened: {
    state: compactedStates.compacted,
    act: (page) => page.locator('.compaction > .disclosure-line').click(),
  },
  summaryEdited: {
    state: compactedStates.compacted,
    act: async (page) => {
      await page.locator('.compaction > .disclosure-line').click();
      await page.getByRole('button', { name: 'Edit summary' }).click();
    },
  },
  changeCells: { state: changeStates.rows!, act: (page) => openRows(page, 'Home') },
  changeRows: { state: changeStates.rows!, act: (page) => openRows(page, 'End') },
  changeHunks: { state: changeStates.reviewed!, act: (page) => openRows(page, 'Home') },
  changesByStep: { state: changeStates.rows!, act: (page) => groupChanges(page, 'By step') },
  changesByTurn: { state: changeStates.rows!, act: (page) => groupChanges(page, 'By turn') },
  changesSeen: {
    state: changeStates.seen!,
    act: (page) => groupChanges(page, 'Since I last looked'),
  },
  findBar: {
    state: transcriptStates.long,
    act: async (page) => {
      await page.keyboard.press('Control+f');
      await page.getByRole('textbox', { name: 'Find in thread' }).fill('line of output');
    },
  },
  messageActions: {
    state: transcriptStates.interrupted,
    act: async (page) => {
      await page.getByRole('button', { name: 'Copy message' }).first().focus();
      await page.locator('.preamble').last().hover();
    },
  },
  pictureOpened: {
    state: transcriptStates.picture,
    act: (page) => page.getByRole('button', { name: /^Looked at/ }).click(),
  },
  notDoneOpened: {
    state: transcriptStates.notDone,
    act: async (page) => {
      for (const line of await page.locator('.work .disclosure-line').all()) await line.click();
    },
  },
  scrolledUp: {
    state: transcriptStates.runsElsewhere,
    act: async (page) => {
      await page.getByRole('log').hover();
      await page.mouse.wheel(0, -300);
    },
  },
  opened: {
    state: {
      ...finished,
      thread: finished.thread && { ...finished.thread, changes: emptyChangeSet },
    },
    act: async (page) => {
      await page.locator('.work-fold').first().waitFor();
      for (const fold of await page.locator('.work-fold > .disclosure-line').all())
        await fold.click();
      await page.getByRole('log').evaluate((log: { scrollTop: number }) => (log.scrollTop = 0));
    },
  },
  history: {
    state: running,
    act: (page) => page.getByRole('button', { name: 'Thread history' }).click(),
  },
  historyRow: {
    state: threadStates.archive,
    act: async (page) => {
      await page.getByRole('button', { name: 'Thread history' }).click();
      await page.getByRole('group', { name: 'Upgrade the test runner' }).hover();
    },
  },
  historySearch: {
    state: threadStates.archive,
    act: async (page) => {
      await page.getByRole('button', { name: 'Thread history' }).click();
      await page.getByRole('searchbox').fill('slug');
    },
  },
  historyDeleted: {
    state: threadStates.marked,
    act: async (page) => {
      await page.getByRole('button', { name: 'Thread history' }).click();
      await page.getByRole('group', { name: 'Upgrade the test runner' }).hover();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Delete');
    },
  },
  historyMarked: {
    state: threadStates.marked,
    act: (page) => page.getByRole('button', { name: 'Thread history' }).click(),
  },
  unconfined: {
    state: {
      ...pageStates.empty,
      settings: {
        ...pageStates.empty.settings,
        sandboxProblem: 'bubblewrap is not installed (sudo apt install bubblewrap)',
      },
    },
  },
  noFolder: {
    state: {
      ...pageStates.empty,
      settings: { ...finished.settings, folder: null, suggestions: [] },
    },
  },
  noKey: {
    state: {
      ...pageStates.empty,
      settings: { ...finished.settings, connection: { kind: 'missingKey' } },
    },
  },
  withoutNetwork: {
    state: { ...pageStates.empty, settings: finished.settings },
    act: (page) => page.context().setOffline(true),
  },
  firstApproval: {
    state: { ...asking, settings: { ...asking.settings, explainsApprovals: true } },
  },
  elsewhere: { state: threadStates.elsewhere },
  restoring: {
    state: restoreStates.restorable,
    act: async (page) => {
      await page.getByRole('button', { name: 'Restore to here' }).first().click();
      await page.getByRole('dialog', { name: 'Restore' }).getByRole('listitem').first().waitFor();
    },
  },
  restored: { state: restoreStates.restoredBoth },
  forking: {
    state: finished,
    act: (page) => page.locator('.user-message').first().hover(),
  },
  renaming: {
    state: finished,
    act: (page) => page.locator('.title-button').click(),
  },
  composerMentions: {
    state: composerStates.composer,
    act: (page) => typeMessage(page, 'Look at @'),
  },
  composerFound: { state: composerStates.composer, act: (page) => typeMessage(page, '@sl') },
  composerNothing: {
    state: composerStates.composer,
    act: (page) => typeMessage(page, '@file:xyz'),
  },
  composerChips: {
    state: composerStates.composer,
    act: async (page) => {
      await page.evaluate(
        `window.tell('composer/attached', ${JSON.stringify({ attachments: attached })})`,
      );
      await typeMessage(page, 'Fix what @problems says');
    },
  },
  composerStatus: {
    state: composerStates.composer,
    act: async (page) => {
      await typeMessage(page, '/status');
      await page.keyboard.press('Enter');
    },
  },
  composerContext: {
    state: composerStates.composer,
    act: (page) => page.getByRole('button', { name: /^Context:/ }).click(),
  },
  composerPictures: { state: composerStates.picturesSent },
  composerDrop: {
    state: composerStates.composerEmpty,
    act: async (page) => {
      await page.evaluate(
        `const data = new DataTransfer();
        data.items.add(new File(['x'], 'a.png', { type: 'image/png' }));
        document.dispatchEvent(new DragEvent('dragenter', { dataTransfer: data }))`,
      );
    },
  },
  commands: {
    state: pageStates.finished,
    act: (page) => page.getByRole('textbox', { name: 'Message Tandem' }).fill('/'),
  },
  choosing: {
    state: asking,
    act: (page) => page.getByRole('combobox', { name: 'Reasoning effort' }).click(),
  },
  typing: {
    state: manyFiles,
    act: async (page) => {
      const textbox = page.getByRole('textbox', { name: 'Message Tandem' });
      await textbox.fill(
        'First line\nand a second one that is long enough to wrap in a narrow view',
      );
      await textbox.focus();
    },
  },
};

async function typeMessage(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message Tandem' }).pressSequentially(text);
}

/** Opens every file of the changes, and goes to one end of the list. */
async function openRows(page: Page, end: 'Home' | 'End'): Promise<void> {
  const tree = page.getByRole('tree', { name: 'Changed files' });
  await tree.getByRole('treeitem').first().focus();
  for (let row = 0; row < 40; row++) {
    const closed = await page.evaluate(
      `document.activeElement.getAttribute('aria-expanded') === 'false'`,
    );
    if (closed) await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
  }
  await page.waitForTimeout(200);
  await page.keyboard.press(end);
}

async function groupChanges(page: Page, label: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Group changes' }).click();
  await page.getByRole('option', { name: label, exact: true }).click();
}
