import assert from 'node:assert/strict';
import type { ChangeTarget } from '../../../src/protocol/changes';
import { useTrackedFolder } from './trackedFolder';

describe('files that other programs run or obey, in a review', () => {
  const { desk, beginTurn, run, turn, hunkId } = useTrackedFolder('git repository');
  const paths = () => desk.tracker.changeSet.files.map(({ path }) => path);
  const parts = (...all: string[]) => all.map((path) => ({ path }));
  /** What was told, which is then over. */
  const told = () => {
    const texts = desk.events.flatMap((event) =>
      event.type === 'notice.raised' ? [`${event.level}: ${event.text}`] : [],
    );
    desk.events = desk.events.filter((event) => event.type !== 'notice.raised');
    return texts;
  };
  const write = 'mkdir -p .vscode && echo x | tee Makefile > .vscode/tasks.json; echo y >> a.txt';
  const both =
    'warning: 2 files stay, because other programs run or obey them: .vscode/tasks.json, Makefile. Accept each by itself.';
  const one =
    'warning: 1 file stays, because other programs run or obey it: Makefile. Accept it by itself.';

  const batches: readonly (readonly [string, ChangeTarget, string, readonly string[]])[] = [
    ['everything', {}, both, ['.vscode/tasks.json', 'Makefile']],
    [
      'several files',
      { parts: parts('a.txt', 'Makefile') },
      one,
      ['.vscode/tasks.json', 'Makefile'],
    ],
    [
      'a group of one file',
      { parts: parts('Makefile'), group: true },
      one,
      ['.vscode/tasks.json', 'Makefile', 'a.txt'],
    ],
  ];
  for (const [what, target, notice, left] of batches) {
    it(`B09 B10 B15 an accept of ${what} leaves them out and says so`, async () => {
      await turn(() => run(write));
      await desk.tracker.resolve('accept', target);
      assert.deepEqual(paths(), left);
      assert.deepEqual(told(), [notice]);
      const settled = desk.events.flatMap((event) =>
        event.type === 'hunk.resolved' ? [event.target] : [],
      );
      assert.deepEqual(settled, left.includes('a.txt') ? [] : [{ parts: parts('a.txt') }]);
    });
  }

  it('B09 B10 each is accepted by itself: as a file, as a hunk, as a part, and under a new name', async () => {
    desk.folder.sh('echo all: > Makefile && git add -A && git commit -qm makefile');
    await turn(() => run(`${write}; echo z > .envrc; mv Makefile GNUmakefile`));
    await desk.tracker.resolve('accept', { path: '.vscode/tasks.json' });
    await desk.tracker.resolve('accept', { path: '.envrc', hunkId: hunkId('.envrc', 0) });
    assert.deepEqual(paths(), ['GNUmakefile', 'Makefile', 'a.txt']);
    await turn(() => run('echo all: > GNUmakefile'));
    await desk.tracker.resolve('accept', { parts: parts('GNUmakefile', 'Makefile') });
    assert.deepEqual([...paths(), ...told()], ['a.txt']);
  });

  it('B10 a reject of everything takes them', async () => {
    await turn(() => run(write));
    await desk.tracker.resolve('reject', {});
    assert.deepEqual([...paths(), ...told()], []);
  });

  it('B09 B10 the change set marks them with what others obey', async () => {
    await turn(() => run(write));
    assert.deepEqual(
      desk.tracker.changeSet.files.map(({ obeyed }) => obeyed),
      ['.vscode', 'makefile', undefined],
    );
  });

  it('B10 a confined command that wrote what is run later is told of once in a turn', async () => {
    const confined = async (command: string) => {
      await run(command, true);
      await desk.tracker.catchUp();
    };
    const notice = (path: string) =>
      `warning: A command in the sandbox wrote what other programs run or obey outside of it: ${path}. Look at it before you use it.`;
    beginTurn();
    await confined('echo a >> Makefile; echo a >> a.txt');
    await confined('echo b >> Makefile; echo b > Jenkinsfile');
    await confined('echo c >> Makefile');
    await desk.tracker.settle();
    assert.deepEqual(told(), [notice('Makefile'), notice('Jenkinsfile')]);
    beginTurn();
    await confined('rm Makefile');
    await run('echo d > Makefile; echo d > .envrc');
    await desk.tracker.settle();
    assert.deepEqual(told(), [notice('Makefile')]);
    assert.deepEqual(paths(), ['.envrc', 'Jenkinsfile', 'Makefile', 'a.txt']);
  });
});
