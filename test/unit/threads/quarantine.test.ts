import assert from 'node:assert/strict';
import { existsSync, lstatSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { defer } from '../../../src/base/deferred';
import { EditConflictError, FileAccessError } from '../../../src/ports/workspaceFiles';
import type { Approval, DecidedBy, Decision } from '../../../src/protocol/approvals';
import { auditRecords } from '../../../src/threads/audit';
import type { RestoreWrites } from '../../../src/threads/restoreWrites';
import { sampleContext } from '../../support/sampleContext';
import { useTrackedFolder } from './trackedFolder';

/** Holds the tracker up until it is there. */
const nothingToRestore: RestoreWrites = {
  ...{ edits: [], files: [] },
  event: { type: 'plan.updated', turnId: 'turn-1', plan: { steps: [] } },
};

describe('files that other programs obey and a confined command wrote', () => {
  const { desk, beginTurn, originOf, run, patch, shown, type } = useTrackedFolder('git repository');
  let asked: Approval[];
  let answer: ReturnType<typeof defer<{ decision: Decision; by: DecidedBy }>>;
  let stop: AbortController;

  beforeEach(() => {
    asked = [];
    answer = defer();
    stop = new AbortController();
  });

  const say = (decision: Decision, by: DecidedBy = 'user') => answer.resolve({ decision, by });
  const begin = () =>
    beginTurn({
      signal: stop.signal,
      approver: {
        ask: (approval) => {
          asked.push(approval);
          return answer.promise;
        },
      },
    });
  const confined = async (command: string) => {
    await run(command, true);
    await desk.tracker.catchUp();
  };
  const at = (path: string) => join(desk.folder.root, path);
  const text = (path: string) => (existsSync(at(path)) ? readFileSync(at(path), 'utf8') : null);
  const isExecutable = (path: string) => (statSync(at(path)).mode & 0o100) !== 0;
  /** What was told, which is then over. */
  const told = () => {
    const texts = desk.events.flatMap((event) =>
      event.type === 'notice.raised' ? [`${event.level}: ${event.text}`] : [],
    );
    desk.events = desk.events.filter((event) => event.type !== 'notice.raised');
    return texts;
  };
  const takenBack = (names: string, why: string) =>
    `warning: What a command in the sandbox wrote was taken back, because other programs obey it: ${names}. ${why}`;
  const warned = (names: string) =>
    `warning: A command in the sandbox wrote what other programs run or obey outside of it: ${names}. Look at it before you use it.`;
  const unshown = 'It is a link, or too long to be shown in a question.';
  const denied = 'You did not allow it.';
  const over = 'The turn was over before you were asked or had answered.';
  /** The items that commands led to, by how they ended; each ends once. */
  const ends = () => {
    const started = desk.events.flatMap((event) =>
      event.type === 'item.started' ? [event.item.id] : [],
    );
    const completed = desk.events.flatMap((event) =>
      event.type === 'item.completed' && event.item.type === 'fileChange' ? [event.item] : [],
    );
    assert.deepEqual(completed.map(({ id }) => id).sort(), started.sort());
    return completed.map(
      ({ status, changes }) => `${status} ${changes.map(({ path }) => path).join(' ')}`,
    );
  };
  const write =
    'mkdir -p sub/.vscode; echo x | tee .npmrc > sub/.vscode/tasks.json; echo y >> a.txt';

  it('B10 are taken away at once and asked about in one question, and the rest of its changes stays', async () => {
    begin();
    await confined(write);
    assert.deepEqual([text('.npmrc'), text('sub/.vscode/tasks.json')], [null, null]);
    assert.deepEqual(shown(), ['a.txt update - +y']);
    const { root } = desk.folder;
    assert.deepEqual(
      asked.map(({ subject, reasons, grant }) => ({ subject, reasons, grant })),
      [
        {
          subject: {
            kind: 'patch',
            paths: [`${root}/.npmrc`, `${root}/sub/.vscode/tasks.json`],
            text: '*** Add File: .npmrc\n@@ -0,0 +1 @@\n+x\n*** Add File: sub/.vscode/tasks.json\n@@ -0,0 +1 @@\n+x\n',
            writtenBy: write,
          },
          reasons: [
            'a command in the sandbox wrote it',
            '.npmrc is protected: other programs act on what it holds',
            '.vscode is protected: other programs act on what it holds',
          ],
          grant: undefined,
        },
      ],
    );
    say('deny');
    await desk.tracker.settle();
    assert.deepEqual(told(), [takenBack('.npmrc, sub/.vscode/tasks.json', denied)]);
    assert.deepEqual(ends(), ['completed a.txt', 'declined .npmrc sub/.vscode/tasks.json']);
  });

  it('B10 are written again where the person approves, to wait for review with their mark', async () => {
    begin();
    await confined(
      `${write}; mkdir -p sub/.husky; echo z > sub/.husky/pre-commit; chmod +x sub/.husky/pre-commit`,
    );
    assert.match(
      asked[0]?.subject.kind === 'patch' ? (asked[0].subject.text ?? '') : '',
      /pre-commit\n\(may be executed\)\n@@/,
    );
    assert.deepEqual(shown(), ['a.txt update - +y']);
    say('approve');
    await desk.tracker.settle();
    assert.deepEqual([text('.npmrc'), isExecutable('sub/.husky/pre-commit')], ['x\n', true]);
    assert.deepEqual(
      desk.tracker.changeSet.files.map(({ path, obeyed }) => [path, obeyed]),
      [
        ['.npmrc', '.npmrc'],
        ['a.txt', undefined],
        ['sub/.husky/pre-commit', '.husky'],
        ['sub/.vscode/tasks.json', '.vscode'],
      ],
    );
    assert.deepEqual(
      [told(), ends()],
      [[], ['completed a.txt', 'completed .npmrc sub/.husky/pre-commit sub/.vscode/tasks.json']],
    );
    await desk.tracker.resolve('reject', {});
    assert.deepEqual([text('.npmrc'), text('sub/.husky/pre-commit'), shown()], [null, null, []]);
  });

  it('B10 get back what they held and whether they may be executed', async () => {
    desk.folder.sh(
      'mkdir -p sub/.husky && echo old > sub/.husky/a && chmod +x sub/.husky/a && echo same > sub/.husky/b && git add -A && git commit -qm hooks',
    );
    begin();
    await confined('echo new > sub/.husky/a; chmod -x sub/.husky/a; chmod +x sub/.husky/b');
    const modes = () => [isExecutable('sub/.husky/a'), isExecutable('sub/.husky/b')];
    assert.deepEqual([text('sub/.husky/a'), ...modes()], ['old\n', true, false]);
    assert.deepEqual(
      asked[0]?.subject.kind === 'patch' && asked[0].subject.text,
      [
        '*** Update File: sub/.husky/a\n(may not be executed any more)\n@@ -1 +1 @@\n-old\n+new\n',
        '*** Update File: sub/.husky/b\n(may be executed)\n',
      ].join(''),
    );
    say('approve');
    await desk.tracker.settle();
    assert.deepEqual([text('sub/.husky/a'), ...modes()], ['new\n', false, true]);
    assert.deepEqual(told(), []);
  });

  it('B10 that the agent had changed before go back to that, and stay open for review', async () => {
    begin();
    await patch('.npmrc', 'patched\n');
    await confined('echo command >> .npmrc');
    assert.deepEqual([text('.npmrc'), shown()], ['patched\n', ['.npmrc add - +patched']]);
    say('deny');
    await desk.tracker.settle();
    assert.deepEqual([text('.npmrc'), shown()], ['patched\n', ['.npmrc add - +patched']]);
    assert.deepEqual(told(), [takenBack('.npmrc', denied)]);
  });

  it('B10 stay taken back without a question where nobody is to be asked', async () => {
    beginTurn({ context: sampleContext('/work', { approvalPolicy: 'never' }) });
    await confined(write);
    await desk.tracker.settle();
    assert.equal(text('.npmrc'), null);
    assert.equal(
      desk.events.some(({ type }) => type === 'approval.requested'),
      false,
    );
    assert.deepEqual(told(), [
      takenBack('.npmrc, sub/.vscode/tasks.json', 'There was nobody to ask.'),
    ]);
    assert.deepEqual(ends(), ['declined .npmrc sub/.vscode/tasks.json', 'completed a.txt']);
  });

  it('B10 stay taken back where nobody is there', async () => {
    begin();
    await confined('echo x > .npmrc');
    say('deny', 'policy');
    await desk.tracker.settle();
    assert.deepEqual(told(), [takenBack('.npmrc', 'There was nobody to ask.')]);
  });

  it('B10 stay taken back where the turn is stopped while it is asked', async () => {
    begin();
    await confined('echo x > .npmrc');
    stop.abort();
    await desk.tracker.settle();
    const resolved = desk.events.flatMap((event) =>
      event.type === 'approval.resolved' ? [event.decision] : [],
    );
    assert.deepEqual([text('.npmrc'), resolved, ends()], [null, ['cancel'], ['declined .npmrc']]);
    assert.deepEqual(told(), [takenBack('.npmrc', over)]);
    say('approve');
    await desk.tracker.catchUp();
    assert.equal(text('.npmrc'), null);
  });

  it('B10 stay taken back where the turn is stopped between the answer and the writing', async () => {
    begin();
    await confined('echo x > .npmrc');
    say('approve');
    const blocked = defer<void>();
    void desk.tracker.restore([], () => blocked.promise.then(() => nothingToRestore));
    await new Promise((resolve) => setTimeout(resolve, 20));
    stop.abort();
    blocked.resolve();
    await desk.tracker.settle();
    assert.deepEqual([text('.npmrc'), ends()], [null, ['declined .npmrc']]);
    assert.deepEqual(told(), [takenBack('.npmrc', over)]);
  });

  it('B10 are asked about in the next turn where the end of a stopped one comes late', async () => {
    begin();
    const blocked = defer<void>();
    void desk.tracker.restore([], () => blocked.promise.then(() => nothingToRestore));
    stop.abort();
    const settled = desk.tracker.settle();
    stop = new AbortController();
    begin();
    blocked.resolve();
    await settled;
    await confined('echo x > .npmrc');
    assert.equal(asked.length, 1);
    say('approve');
    await desk.tracker.settle();
    assert.equal(text('.npmrc'), 'x\n');
  });

  it('B10 stay taken back where the thread is closed while it is asked, and nobody waits for ever', async () => {
    begin();
    await confined('echo x > .npmrc');
    const settled = desk.tracker.settle();
    desk.tracker.dispose();
    await settled;
    assert.deepEqual([text('.npmrc'), ends()], [null, ['declined .npmrc']]);
    told();
  });

  it('B10 are told and marked where a command of the background may have written them after its turn', async () => {
    begin();
    await run('true', true);
    const origin = originOf('late');
    await desk.tracker.settle();
    desk.folder.sh('echo x > .npmrc');
    desk.tracker.commandEnded(origin, true);
    await desk.tracker.catchUp();
    assert.deepEqual([text('.npmrc'), asked, told()], ['x\n', [], [warned('.npmrc')]]);
    assert.equal(desk.tracker.changeSet.files[0]?.obeyed, '.npmrc');
  });

  it('B10 are told and marked where a command of an earlier turn may have written them', async () => {
    begin();
    const earlier = originOf('earlier');
    const started = {
      ...({ type: 'turn.started', turnId: 'turn-1' } as const),
      ...{ input: { text: '', attachments: [] }, context: sampleContext('/work') },
    } as const;
    await desk.tracker.settle();
    desk.events.push(started);
    begin();
    await desk.tracker.beforeWrite();
    desk.folder.sh('echo x > .npmrc');
    desk.tracker.commandEnded(earlier, true);
    await desk.tracker.settle();
    assert.deepEqual([text('.npmrc'), asked, told()], ['x\n', [], [warned('.npmrc')]]);
  });

  it('B10 leave alone what no command can write', async () => {
    begin();
    await confined(
      'mkdir -p .vscode .idea sub/.vscode; echo x | tee .vscode/a .idea/a sub/.vscode/a',
    );
    say('deny');
    await desk.tracker.settle();
    assert.deepEqual(
      [text('.vscode/a'), text('.idea/a'), text('sub/.vscode/a')],
      ['x\n', 'x\n', null],
    );
    assert.deepEqual(told(), [warned('.idea/a, .vscode/a'), takenBack('sub/.vscode/a', denied)]);
  });

  it('B10 stay taken back where asking fails', async () => {
    beginTurn({ approver: { ask: () => Promise.reject(new Error('no view')) } });
    await confined('echo x > .npmrc');
    await desk.tracker.settle();
    assert.deepEqual([text('.npmrc'), ends()], [null, ['declined .npmrc']]);
    assert.deepEqual(told(), [takenBack('.npmrc', 'There was nobody to ask.')]);
  });

  it('B10 are not written over what the person made there meanwhile', async () => {
    begin();
    await confined('echo x | tee .npmrc > .yarnrc');
    desk.folder.write('.npmrc', 'mine\n');
    say('approve');
    await desk.tracker.settle();
    assert.deepEqual([text('.npmrc'), text('.yarnrc')], ['mine\n', 'x\n']);
    assert.deepEqual(told(), [
      'warning: What a command in the sandbox wrote could not be written again, as you allowed: .npmrc. .npmrc was changed by someone else in the meantime; nothing was written.',
    ]);
    assert.deepEqual(ends(), ['completed .yarnrc']);
  });

  it('B10 let the person settle other changes while they are asked about', async () => {
    begin();
    await confined(write);
    await desk.tracker.resolve('accept', { path: 'a.txt' });
    type('b.txt', 'typed\n');
    await desk.tracker.catchUp();
    assert.deepEqual(shown(), []);
    say('deny');
    await desk.tracker.settle();
    told();
  });

  it('B10 make what writes next, and the end of the turn, wait for the answer', async () => {
    begin();
    await confined(write);
    const order: string[] = [];
    const next = desk.tracker.beforeWrite().then(() => order.push('next'));
    const end = desk.tracker.settle().then(() => order.push('end'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    order.push('answer');
    say('approve');
    await Promise.all([next, end]);
    assert.equal(order[0], 'answer');
    assert.deepEqual(order.toSorted(), ['answer', 'end', 'next']);
    assert.equal(text('.npmrc'), 'x\n');
  });

  it('B10 are left where the command was not confined', async () => {
    begin();
    await run(write);
    await desk.tracker.settle();
    assert.deepEqual([text('.npmrc'), asked, told()], ['x\n', [], []]);
  });

  it('B10 are told of where they cannot be taken back', async () => {
    begin();
    const apply = desk.files.apply.bind(desk.files);
    for (const error of [new EditConflictError('.npmrc'), new FileAccessError(() => 'no')]) {
      desk.files.apply = () => Promise.reject(error);
      await confined(`echo ${error.name} > .npmrc`);
      desk.files.apply = apply;
    }
    await desk.tracker.settle();
    assert.deepEqual([asked, shown()], [[], ['.npmrc add - +FileAccessError']]);
    assert.deepEqual(told(), [warned('.npmrc')]);
  });

  it('B10 are taken away where they are links, and nobody is asked to keep what may lead elsewhere later', async () => {
    desk.folder.sh(
      'mkdir -p sub/.vscode sub/.roo && echo old > sub/.npmrc && echo two > sub/.yarnrc && chmod +x sub/.npmrc && ln -s old sub/.vscode/a && ln -s old sub/.roo/b && git add -A && git commit -qm first',
    );
    begin();
    await confined(
      'echo x > target; ln -s target .npmrc; ln -s sub .claude; cd sub; ln -sf ../target .npmrc; ln -sf ../target .vscode/a; rm .roo/b; echo file > .roo/b',
    );
    assert.deepEqual([existsSync(at('.npmrc')), existsSync(at('.claude'))], [false, false]);
    assert.deepEqual(
      [text('sub/.npmrc'), isExecutable('sub/.npmrc'), lstatSync(at('sub/.npmrc')).isFile()],
      ['old\n', true, true],
    );
    assert.deepEqual(
      ['sub/.vscode/a', 'sub/.roo/b'].map((path) => readlinkSync(at(path))),
      ['old', 'old'],
    );
    await desk.tracker.settle();
    assert.deepEqual([text('target'), asked, shown()], ['x\n', [], ['target add - +x']]);
    assert.deepEqual(told(), [
      takenBack('.claude, .npmrc, sub/.npmrc, sub/.roo/b, sub/.vscode/a', unshown),
    ]);
    assert.deepEqual(desk.tracker.changeSet.notes, []);
  });

  it('B10 are not asked about where they are too long to be shown, and stay taken back', async () => {
    begin();
    await confined(
      'yes | head -n 3000 > .yarnrc; head -c 300000 /dev/zero | tr "\\0" x > .npmrc; printf "\\1\\0\\377" > lefthook.yml',
    );
    assert.deepEqual(
      asked[0]?.subject.kind === 'patch' && asked[0].subject.text,
      '*** Add File: lefthook.yml\n(no text, 3 bytes)\n',
    );
    say('approve');
    await desk.tracker.settle();
    assert.deepEqual(
      ['.npmrc', '.yarnrc', 'lefthook.yml'].map((path) => existsSync(at(path))),
      [false, false, true],
    );
    assert.deepEqual(told(), [takenBack('.npmrc, .yarnrc', unshown)]);
    assert.deepEqual(ends(), ['completed lefthook.yml']);
  });

  it('B10 are on record: written, taken back, decided, written again', async () => {
    begin();
    await confined('echo x > .npmrc');
    say('approve');
    await desk.tracker.settle();
    const records = auditRecords(
      desk.events.map((event, seq) => ({ seq, at: 0, threadId: 'thread', ...event })),
    );
    const id = desk.tracker.changeSet.files[0]?.live;
    const write = { record: 'write', path: '.npmrc' };
    const { itemId } = originOf('echo x > .npmrc');
    assert.deepEqual(
      records.map(({ seq: _seq, at: _at, turn: _turn, ...record }) => record),
      [
        { call: itemId, ...write, by: 'agent', before: null, after: id },
        { call: itemId, ...write, by: 'policy', before: id, after: null },
        {
          call: itemId,
          ...{ record: 'decision', outcome: 'allowed', by: 'user' },
          reasons: asked[0]?.reasons,
          subject: { kind: 'write', paths: [at('.npmrc')] },
        },
        { call: itemId, ...write, by: 'agent', before: null, after: id },
      ],
    );
  });
});
