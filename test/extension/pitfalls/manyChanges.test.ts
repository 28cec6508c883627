import assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as vscode from 'vscode';
import { maxInlineHunks } from '../../../src/protocol/changes';
import { until } from '../tandemHost';
import { shellCall, useReviewDesk } from './reviewDesk';

const lineCount = 40_000;
const numbered = (text: (line: number) => string, count: number) =>
  Array.from({ length: count }, (_, line) => `${text(line)}\n`).join('');
const start = numbered((line) => `line ${line}`, lineCount);
/** Every second line is another: 20,000 changed lines in as many places. */
const edited = numbered((line) => (line % 2 === 0 ? `LINE ${line}` : `line ${line}`), lineCount);

describe('changes beyond what a person reviews line by line', () => {
  const desk = useReviewDesk();

  async function lensCommands(name: string): Promise<(string | undefined)[]> {
    const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      desk.uri(name),
      50,
    );
    return found.map(({ command }) => command?.command);
  }

  it('of 20,000 lines lock nothing up, yield to the diff of all files, and are settled as a whole', async () => {
    await desk.write('many.txt', start);
    await desk.write('few.txt', 'one\n');
    await desk.open('many.txt');
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    const edit = `sed -i '1~2s/^line/LINE/' ${desk.path('many.txt')}; echo two >> ${desk.path('few.txt')}`;
    await desk.turn(shellCall(edit));
    await until(() => desk.pending('many.txt')?.added === lineCount / 2);
    delay.disable();
    assert.ok(delay.max < 2e9, `the host stood still for ${delay.max / 1e6} ms`);

    const file = desk.pending('many.txt');
    assert.equal(file?.coarse, true);
    assert.ok(file.hunks.length <= maxInlineHunks);
    assert.equal(file.removed, lineCount / 2);
    await desk.shows('many.txt', edited);
    const commands = await lensCommands('many.txt');
    assert.ok(commands.length <= 5, 'no lenses over each place');
    assert.ok(commands.includes('tandem.openChanges'));
    await desk.open('few.txt');
    assert.ok((await lensCommands('few.txt')).includes('tandem.rejectHunk'));

    await desk.settle('reject', 'many.txt');
    await desk.hunks('many.txt', 0);
    desk.holds('many.txt', { disk: start });
    await desk.goBack('undo', 'many.txt', edited);
    await until(() => desk.pending('many.txt')?.added === lineCount / 2);
    await desk.settle('accept', 'many.txt');
    await desk.hunks('many.txt', 0);
    desk.holds('many.txt', { disk: start, buffer: edited, dirty: true });
    assert.ok((await desk.told()).split('\n').length < 300, 'the model is told in bounds');
  });

  it('that rewrite 3,000 lines are one hunk, rejected and undone', async () => {
    const before = numbered((line) => `const old${line} = ${line};`, 3000);
    const after = numbered((line) => `let fresh${line} = ${line * 2};`, 3000);
    await desk.write('a.js', before);
    await desk.write('new.js', after);
    await desk.open('a.js');
    await desk.turn(shellCall(`cp ${desk.path('new.js')} ${desk.path('a.js')}`));
    await desk.hunks('a.js', 1);
    await desk.shows('a.js', after);
    await desk.settle('reject', 'a.js', 0);
    await desk.hunks('a.js', 0);
    desk.holds('a.js', { disk: before });
    await desk.goBack('undo', 'a.js', after);
    await desk.hunks('a.js', 1);
    await desk.goBack('redo', 'a.js', before);
    await desk.hunks('a.js', 0);
    assert.match(await desk.told(), /lines 1 to 3000:[^]*more lines/);
  });
});
