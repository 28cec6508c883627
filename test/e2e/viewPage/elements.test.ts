import assert from 'node:assert/strict';
import type { ElementHandle, Locator, Page } from 'playwright-core';
import { applyTheme } from './applyTheme';
import { scenes } from './scenes';
import { themes } from './themes';
import { useViewPage } from './useViewPage';

type Role = Parameters<Page['getByRole']>[0];
/** What a person finds an element by: its role, and its whole name or a pattern of it. */
type Element = readonly [role: Role, name: string | RegExp];

const button = (name: string | RegExp): Element => ['button', name];
const always: readonly Element[] = [
  button('New thread'),
  button('Thread history'),
  ['log', 'Transcript'],
  ['textbox', 'Message Tandem'],
  ['combobox', 'Mode'],
  ['combobox', 'Model'],
  ['combobox', 'Reasoning effort'],
  button('Attach'),
];

/** The parts of the view and what stands in each, by the scene in which it is to be found. */
const parts: Readonly<Record<string, readonly [scene: string, ...(readonly Element[])]>> = {
  'the answer with its proof': [
    'finished',
    ...always,
    button(/^Ran 2 commands, read 2 files/),
    button('Thought'),
    ['link', 'src/slug.js:1'],
    ['link', 'notes.md:3'],
    button('Copy'),
    button('Insert at the cursor'),
    button('Open as a new file'),
    button('Edit and fork'),
    button('Restore to here'),
    ['group', 'Checks'],
    button(/^node test\.js passed/),
    button(/^Context: /),
    button('Send'),
  ],
  'work under its preamble': [
    'opened',
    ['link', 'test.js:4:3'],
    button('Copy output'),
    button('Restore to here'),
    ['group', 'Changed lines'],
    button('Jump to latest'),
  ],
  'a running turn': [
    'running',
    ...always,
    ['region', 'Plan'],
    ['region', 'Changes'],
    button('Accept'),
    button('Reject'),
    button('Open terminal'),
    button('Steer'),
    button('Queue'),
    button('Stop'),
  ],
  'the plan that is proposed': [
    'planned',
    ['group', 'Proposed plan'],
    button('Approve plan'),
    button('Edit plan'),
    button('Send back'),
  ],
  'the changes': [
    'finished',
    ['region', 'Changes'],
    ['tree', 'Changed files'],
    ['treeitem', /^src\/slug\.js, 1 added/],
    ['treeitem', /^Hunk 1 of 1, line 3/],
    ['combobox', 'Group changes'],
    button('Accept all'),
    button('Reject all'),
    button('Open all changes'),
    button('Accept src/slug.js'),
    button('Reject hunk 1 of src/slug.js'),
  ],
  'an approval': [
    'firstApproval',
    ['group', 'Approval needed'],
    ['group', 'What it asks for'],
    button('When Tandem asks'),
    button('Deny'),
    button('Approve for this thread'),
    button('Approve'),
  ],
  'a question': [
    'questions',
    ['group', 'Question'],
    ['radio', /^Redis/],
    ['textbox', 'Your own answer: Where is the cache to live?'],
    button('Answer'),
  ],
  'messages that wait': [
    'stopped',
    ['region', 'Queued messages'],
    button('Send message 1 now'),
    button('Edit message 1'),
    button('Remove message 1'),
    button('Continue'),
    button('Try again'),
  ],
  'a turn that failed': [
    'failed',
    ['group', 'The server did not accept the API key'],
    button('Set API key'),
    button('Try again'),
  ],
  'the menu of commands': [
    'commands',
    ['listbox', 'Commands'],
    ...['/plan', '/ask', '/compact', '/init', '/review', '/new', '/status'].map((name): Element => [
      'option',
      new RegExp(`^${name} \\w`),
    ]),
  ],
  'the menu of mentions': ['composerFound', ['listbox', 'Mentions'], ['option', /slug/]],
  'the status': ['composerStatus', ['region', 'Status'], button('Close Status')],
  'the findings of a review': [
    'reviewed',
    ['region', 'Review'],
    button(/^Fix/),
    button(/^Dismiss/),
  ],
  'comments that wait': ['commentsWaiting', ['region', 'Comments']],
  'the commit of what was accepted': [
    'committing',
    ['textbox', 'Commit message'],
    ['list', 'Files of the commit'],
    button('Commit'),
  ],
  'going back to before a message': [
    'restoring',
    ['dialog', 'Restore'],
    ['list', 'Files that go back'],
    button('Both: restore files and conversation'),
  ],
  'a summary of earlier history': ['summaryOpened', button('Edit summary')],
  'a thread of another window': ['elsewhere', button('Take over')],
  'a host that a command wants to reach': [
    'askingHost',
    ['group', 'Approval needed'],
    button('Approve'),
    button('Deny'),
  ],
  'waiting for the network': ['offline', button('Stop'), ['log', 'Transcript']],
  'waiting for a server that is busy': ['rateLimited', button('Stop'), ['log', 'Transcript']],
  'the chips of a message': [
    'composerChips',
    button('Remove src/slug.js:1-4'),
    button('Remove Terminal bash'),
    button('Remove Git diff'),
    button('Remove screenshot.png'),
    button('Put Pasted text, 40 lines into the message'),
  ],
  'what fills the context': [
    'composerContext',
    ['region', 'Context'],
    ['list', 'What fills it, estimated'],
    button('Summarise now'),
    button('Close Context'),
  ],
  'finding in the thread': [
    'findBar',
    ['textbox', 'Find in thread'],
    button('Previous match'),
    button('Next match'),
    button('Close find'),
  ],
  'the history': [
    'historyRow',
    ['dialog', 'Thread history'],
    ['searchbox', 'Search threads'],
    button(/^Upgrade the test runner/),
    button('Rename'),
    button('Fork'),
    button('Export'),
    button('Archive'),
    button('Delete'),
    button('Close'),
  ],
  'the empty state': [
    'empty',
    ...always,
    ['heading', 'What should we do?'],
    button('Fix the failing test in test.js'),
    button('Finish the TODO in cart.ts:42'),
    button('Explain how this project is built'),
    button('Connect a model'),
  ],
  'a folder that is not trusted': ['locked', button('Manage trust')],
  'a window without a folder': ['noFolder', ...always, button('Open folder')],
  'a window without a key': ['noKey', ...always, button('Set API key')],
  'a machine without a sandbox': ['unconfined', button('Check again')],
};

const widths = [220, 400, 900];

describe('what a person finds by role and name, in every theme and at every width', function () {
  this.timeout(90_000);
  const view = useViewPage();

  for (const [part, [scene, ...elements]] of Object.entries(parts)) {
    it(`is all there and can be reached: ${part}`, async () => {
      const { state, act } = scenes[scene]!;
      await view.open(state);
      const { page } = view;
      await act?.(page);
      await page.waitForTimeout(600);
      const found = elements.map(([role, name]) => ({
        what: `${role} ${name}`,
        locator: page.getByRole(role, { name, exact: true }).first(),
      }));
      const looks = found.map(({ locator }) => lookAt(locator));
      const missing: string[] = [];
      for (const [themeName, theme] of Object.entries(themes)) {
        await applyTheme(page, theme);
        for (const width of widths) {
          await page.setViewportSize({ width, height: 860 });
          for (const [place, { what }] of found.entries()) {
            const problem = await looks[place]!();
            if (problem) missing.push(`${themeName} ${width}: ${what} ${problem}`);
          }
        }
      }
      assert.deepEqual(missing, []);
    });
  }
});

/** Looks at an element as often as it is called: answers why a person cannot see or use it, or undefined. */
function lookAt(locator: Locator): () => Promise<string | undefined> {
  // Finding it by its name takes long; while it stays in the page it is the same.
  let known: ElementHandle | null = null;
  return async () => {
    let problem: string | undefined = 'is not there';
    // Lists measure their rows after the width has changed, and may draw them anew.
    for (let tries = 0; tries < 20 && problem !== undefined; tries++) {
      if (tries > 0) await new Promise((resolve) => setTimeout(resolve, 50));
      known ??= (await locator.count()) > 0 ? await locator.elementHandle() : null;
      problem = known ? await known.evaluate(look as () => string | undefined) : 'is not there';
      if (problem === 'is gone') known = null;
    }
    return problem;
  };
}

interface PageNode {
  readonly parentNode: PageNode | null;
  readonly assignedSlot?: PageNode | null;
  readonly host?: PageNode;
}

interface PageElement extends PageNode {
  readonly shadowRoot: { elementFromPoint(x: number, y: number): PageElement | null } | null;
  readonly isConnected: boolean;
  scrollIntoView(options: object): void;
  getBoundingClientRect(): { left: number; top: number; width: number; height: number };
}

/** Runs in the page, so it uses nothing from outside. Controls have their inside in a shadow tree. */
function look(element: PageElement): string | undefined {
  const page = globalThis as unknown as {
    innerWidth: number;
    document: { elementFromPoint(x: number, y: number): PageElement | null };
  };
  if (!element.isConnected) return 'is gone';
  element.scrollIntoView({ block: 'center', inline: 'nearest' });
  const { left, top, width, height } = element.getBoundingClientRect();
  if (width < 2 || height < 2) return 'has no size';
  if (left < -1 || left + width > page.innerWidth + 1) return 'is not whole in the view';
  const [x, y] = [left + width / 2, top + height / 2];
  let at = page.document.elementFromPoint(x, y);
  for (;;) {
    const inner = at?.shadowRoot?.elementFromPoint(x, y);
    if (!inner || inner === at) break;
    at = inner;
  }
  const above = (node: PageNode | null, wanted: PageNode | null): boolean => {
    for (let each = node; each; each = each.assignedSlot ?? each.parentNode ?? each.host ?? null) {
      if (each === wanted) return true;
    }
    return false;
  };
  return above(at, element) || above(element, at) ? undefined : 'lies under something else';
}
