import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createShadowStore } from '../../../src/adapters/git/shadowStore';
import type { AskingTurn } from '../../../src/agent/turnEnvironment';
import type { FileTouch } from '../../../src/ports/workspaceFiles';
import { emptyChangeSet, type ChangeOrigin, type ChangeSet } from '../../../src/protocol/changes';
import type { ThreadEventBody } from '../../../src/protocol/events';
import { emptyThreadState, foldEvent, type ThreadState } from '../../../src/protocol/threadState';
import { ChangeTracker } from '../../../src/threads/changeTracker';
import { askingTurn } from '../../support/askingTurn';
import { sampleContext } from '../../support/sampleContext';
import { makeFolder, silentLog, type TestFolder } from '../adapters/git/folders';
import { PlainFiles } from '../changes/plainFiles';

/** The state of a thread with this turn alone, in which all that happened. */
function stateOf(turnId: string, events: readonly ThreadEventBody[]): ThreadState {
  const context = sampleContext('/work');
  const input = { text: '', attachments: [] };
  const all = [{ type: 'turn.started', turnId, input, context } as const, ...events];
  return all.reduce(
    (state, event, seq) => foldEvent(state, { seq, at: 0, threadId: 'thread', ...event }),
    emptyThreadState('thread'),
  );
}

export const latin1 = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));

export const folderKinds = ['plain folder', 'git repository'] as const;

/** What the tests of one `describe` share; made anew for each of them. */
export interface TrackedFolder {
  folder: TestFolder;
  files: PlainFiles;
  events: ThreadEventBody[];
  tracker: ChangeTracker;
}

/** A change tracker on a real folder, with the doings of the agent and of the person. */
export function useTrackedFolder(kind: (typeof folderKinds)[number]) {
  const desk = {} as TrackedFolder;
  let turns: number;

  const openTracker = (pending: ChangeSet = emptyChangeSet, environment = process.env) => {
    desk.files = new PlainFiles(desk.folder.root);
    desk.tracker = new ChangeTracker(
      {
        files: desk.files,
        contents: createShadowStore({
          root: desk.folder.root,
          stateFolder: desk.folder.stateFolder,
          log: silentLog,
          environment,
        }),
        log: silentLog,
        emit: (event) => desk.events.push(structuredClone(event)),
      },
      pending,
    );
  };

  const originOf = (label: string): ChangeOrigin => ({
    turnId: `turn-${turns}`,
    itemId: createHash('sha1').update(`${turns} ${label}`).digest('hex'),
    label,
  });

  const beginTurn = (changes: Partial<AskingTurn> = {}) => {
    turns += 1;
    const turnId = `turn-${turns}`;
    const state = () => stateOf(turnId, desk.events);
    desk.tracker.beginTurn(askingTurn(turnId, { state, ...changes }));
  };

  /** Runs a command as the agent does. */
  async function run(command: string, confined = false): Promise<void> {
    await desk.tracker.beforeWrite();
    desk.folder.sh(command);
    desk.tracker.commandEnded(originOf(command), confined);
  }

  /** Writes a file as the patch tool does. */
  async function patch(path: string, content: string | null): Promise<void> {
    await desk.tracker.beforeWrite();
    const before = await desk.files.read(path);
    const after = content === null ? null : latin1(content);
    const wasExecutable = await desk.files.isExecutable(path);
    await desk.files.apply([{ path, bytes: after, expected: before }]);
    desk.tracker.recordEdits(originOf('patch'), [{ path, before, after, wasExecutable }]);
  }

  /** Writes a file as the person does in an editor. */
  function type(path: string, content: string, by: FileTouch['by'] = 'typing'): void {
    desk.folder.write(path, latin1(content));
    desk.files.touches.fire({ path, by });
  }

  async function turn(act: () => Promise<void>): Promise<void> {
    beginTurn();
    await act();
    await desk.tracker.settle();
  }

  /** One line per hunk (or whole file) of the change set. */
  const shown = () =>
    desk.tracker.changeSet.files.flatMap((file) =>
      file.hunks.length === 0
        ? [`${file.path} ${file.kind}${file.binary ? ' binary' : ''}`]
        : file.hunks.map(
            (hunk) =>
              `${file.path} ${file.kind} -${hunk.removed.join('|')} +${hunk.added.join('|')}`,
          ),
    );

  /** What commands were shown to have changed. */
  const reported = () =>
    desk.events.flatMap((event) =>
      event.type === 'item.completed' && event.item.type === 'fileChange'
        ? event.item.changes.map(({ path, kind: change }) => `${change} ${path}`)
        : [],
    );

  const hunkId = (path: string, index: number) => {
    const file = desk.tracker.changeSet.files.find((other) => other.path === path);
    const id = file?.hunks[index]?.id;
    assert.ok(id !== undefined, `hunk ${index} of ${path}`);
    return id;
  };

  const notices = () => desk.events.filter((event) => event.type === 'notice.raised');

  beforeEach(() => {
    desk.folder = makeFolder();
    desk.events = [];
    turns = 0;
    desk.folder.write('a.txt', '1\n2\n3\n4\n5\n6\n7\n8\n');
    desk.folder.write('b.txt', 'b\n');
    if (kind === 'git repository') {
      desk.folder.sh('git init -q && git add -A && git commit -qm first');
      desk.folder.sh('echo stashed >> b.txt && git stash -q');
    }
    openTracker();
  });

  afterEach(() => {
    assert.deepEqual(notices(), []);
    desk.tracker.dispose();
    desk.folder.dispose();
  });

  return {
    desk,
    openTracker,
    originOf,
    beginTurn,
    run,
    patch,
    type,
    turn,
    shown,
    reported,
    hunkId,
    notices,
  };
}
