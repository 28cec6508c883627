import assert from 'node:assert/strict';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inDemoWindow } from './window';
import type { Workbench } from '../support/host/workbench';

const page = 'docs/tour.md';
const pictures = 'docs/tour';
const updates = process.env['TANDEM_UPDATE_SCREENSHOT'] === '1';

/** One thing a person sees or does, with the picture of that moment. */
interface Stop {
  readonly picture: string;
  readonly title: string;
  readonly text: string;
}

describe('the tour of who sees Tandem for the first time', () => {
  const stops: Stop[] = [];

  // A second try walks the whole way again.
  beforeEach(() => void (stops.length = 0));

  it('does the main job without reading anything first, and is what docs/tour.md shows', () =>
    // Where commands cannot be confined, and under this policy, the first approval comes with the first command.
    inDemoWindow(
      { settings: { 'tandem.approvalPolicy': 'untrusted' }, height: 860, paceMs: 10 },
      async (window) => {
        const see = async (picture: string, title: string, text: string) => {
          stops.push({ picture, title, text });
          await window.screenshot(`tour-${picture}`);
          if (!updates) return;
          await mkdir(pictures, { recursive: true });
          await copyFile(
            join('out', 'screenshots', `tour-${picture}.png`),
            join(pictures, `${picture}.png`),
          );
        };

        await window.openTandem();
        await window.widenSideBar(90);
        const suggestion = window.button(/test\.js/);
        await suggestion.waitFor();
        await see(
          'start',
          'Open Tandem',
          'Press its icon in the activity bar. It says what it does, and offers tasks that it found in your folder. Without a key it asks for one above the message box; started by `npm start`, as here, a demo model answers without one, and says so.',
        );

        await suggestion.click();
        const question = window.view.getByRole('group', { name: 'Approval needed' });
        await question.getByText('node test.js', { exact: true }).waitFor();
        await window.page.waitForTimeout(600);
        await see(
          'approval',
          'It asks first',
          'Before a command does more than read you see all of it, where it runs and why you are asked. In a working sandbox the usual commands need no question.',
        );

        await approve(window, 'node test.js');
        await approve(window, 'sed -i');
        await window.transcript.getByText('Making the smallest change.').waitFor();
        await see(
          'work',
          'Follow along',
          'It says what it does next and why, its plan ticks, and each command shows what it really printed. Write to steer it; Esc stops it.',
        );

        await approve(window, 'node test.js');
        await window.waitForEnd();
        await see(
          'proof',
          'Look at the proof',
          'The answer cites lines, and under it stand the checks that ran, with their output: here the test that failed before and passes now.',
        );

        await window.button('Open src/slug.js').click();
        await window.lens('Accept').waitFor();
        await see(
          'review',
          'Review where you work',
          'Changed lines are marked in the editor, with Accept, Reject and Compare over them. Alt+Y accepts, Alt+N rejects, Alt+F6 goes to the next.',
        );

        await window.lens('Accept').click();
        await window.region('Changes').getByText('1 file', { exact: true }).waitFor();
        await window.button('Reject notes.md').click();
        await window.region('Changes').waitFor({ state: 'hidden' });
        await see(
          'done',
          'Keep the good part',
          'What you accepted stays, and what you rejected has its exact bytes back. Nothing was committed: that is yours to do.',
        );
        assert.match(await window.readFile('src/slug.js'), /replaceAll/);
        assert.match(await window.readFile('notes.md'), /first space only/);
      },
    ));

  after(async () => {
    const text = describeStops(stops);
    if (updates) await writeFile(page, text);
    assert.equal(await readFile(page, 'utf8'), text, 'TANDEM_UPDATE_SCREENSHOT=1 writes it anew');
  });
});

async function approve(window: Workbench, command: string): Promise<void> {
  const question = window.view.getByRole('group', { name: 'Approval needed' });
  await question.getByText(command).first().waitFor();
  await question.getByRole('button', { name: 'Approve', exact: true }).click();
  await question.getByText(command).first().waitFor({ state: 'hidden' });
}

function describeStops(stops: readonly Stop[]): string {
  const parts = stops.map(
    ({ picture, title, text }, index) =>
      `## ${index + 1}. ${title}\n\n${text}\n\n![${title}](tour/${picture}.png)\n`,
  );
  return `<!-- Written by test/e2e/tour.test.ts, which does what it shows. -->\n\n# A tour of Tandem\n\n${parts.join('\n')}`;
}
