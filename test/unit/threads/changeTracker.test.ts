import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmodSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createShadowStore } from '../../../src/adapters/git/shadowStore';
import { EditConflictError, type FileTouch } from '../../../src/ports/workspaceFiles';
import { emptyChangeSet, type ChangeOrigin, type ChangeSet } from '../../../src/protocol/changes';
import type { ThreadEventBody } from '../../../src/protocol/events';
import { ChangeTracker } from '../../../src/threads/changeTracker';
import { fingerprint, makeFolder, silentLog, type TestFolder } from '../adapters/git/folders';
import { PlainFiles } from '../changes/plainFiles';

const latin1 = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));

for (const kind of ['plain folder', 'git repository'] as const) {
  describe(`changeTracker in a ${kind}`, () => {
    let folder: TestFolder;
    let files: PlainFiles;
    let events: ThreadEventBody[];
    let tracker: ChangeTracker;
    let turns: number;

    const openTracker = (pending: ChangeSet = emptyChangeSet, environment = process.env) => {
      files = new PlainFiles(folder.root);
      tracker = new ChangeTracker(
        {
          files,
          contents: createShadowStore({
            root: folder.root,
            stateFolder: folder.stateFolder,
            log: silentLog,
            environment,
          }),
          log: silentLog,
          emit: (event) => events.push(structuredClone(event)),
        },
        pending,
      );
    };

    const originOf = (label: string): ChangeOrigin => ({
      turnId: `turn-${turns}`,
      itemId: createHash('sha1').update(`${turns} ${label}`).digest('hex'),
      label,
    });

    const beginTurn = () => {
      turns += 1;
      tracker.beginTurn(`turn-${turns}`);
    };

    /** Runs a command as the agent does. */
    async function run(command: string): Promise<void> {
      await tracker.beforeWrite();
      folder.sh(command);
      tracker.commandEnded(originOf(command));
    }

    /** Writes a file as the patch tool does. */
    async function patch(path: string, content: string | null): Promise<void> {
      await tracker.beforeWrite();
      const before = await files.read(path);
      const after = content === null ? null : latin1(content);
      const wasExecutable = await files.isExecutable(path);
      await files.apply([{ path, bytes: after, expected: before }]);
      tracker.recordEdits(originOf('patch'), [{ path, before, after, wasExecutable }]);
    }

    /** Writes a file as the person does in an editor. */
    function type(path: string, content: string, by: FileTouch['by'] = 'typing'): void {
      folder.write(path, latin1(content));
      files.touches.fire({ path, by });
    }

    async function turn(act: () => Promise<void>): Promise<void> {
      beginTurn();
      await act();
      await tracker.settle();
    }

    /** One line per hunk (or whole file) of the change set. */
    const shown = () =>
      tracker.changeSet.files.flatMap((file) =>
        file.hunks.length === 0
          ? [`${file.path} ${file.kind}${file.binary ? ' binary' : ''}`]
          : file.hunks.map(
              (hunk) =>
                `${file.path} ${file.kind} -${hunk.removed.join('|')} +${hunk.added.join('|')}`,
            ),
      );

    /** What commands were shown to have changed. */
    const reported = () =>
      events.flatMap((event) =>
        event.type === 'item.completed' && event.item.type === 'fileChange'
          ? event.item.changes.map(({ path, kind: change }) => `${change} ${path}`)
          : [],
      );

    const hunkId = (path: string, index: number) => {
      const file = tracker.changeSet.files.find((other) => other.path === path);
      const id = file?.hunks[index]?.id;
      assert.ok(id !== undefined, `hunk ${index} of ${path}`);
      return id;
    };

    const notices = () => events.filter((event) => event.type === 'notice.raised');

    beforeEach(() => {
      folder = makeFolder();
      events = [];
      turns = 0;
      folder.write('a.txt', '1\n2\n3\n4\n5\n6\n7\n8\n');
      folder.write('b.txt', 'b\n');
      if (kind === 'git repository') {
        folder.sh('git init -q && git add -A && git commit -qm first');
        folder.sh('echo stashed >> b.txt && git stash -q');
      }
      openTracker();
    });

    afterEach(() => {
      assert.deepEqual(notices(), []);
      tracker.dispose();
      folder.dispose();
    });

    it('shows what a shell command edited, and which command it was', async () => {
      await turn(() => run("sed -i 's/^3$/three/; s/^7$/seven/' a.txt"));
      assert.deepEqual(shown(), ['a.txt update -3 +three', 'a.txt update -7 +seven']);
      const [file] = tracker.changeSet.files;
      assert.equal(file?.origins[0]?.label, "sed -i 's/^3$/three/; s/^7$/seven/' a.txt");
      const started = events.find((event) => event.type === 'item.started');
      assert.deepEqual(
        started?.item.type === 'fileChange' && [started.item.commandItemId, started.turnId],
        [file?.origins[0]?.itemId, 'turn-1'],
      );
      assert.deepEqual(reported(), ['update a.txt']);
      assert.equal(events.at(-1)?.type, 'changes.updated');
    });

    it('shows new, deleted, renamed and binary files, and rejects them all exactly', async () => {
      folder.write('run.sh', '#!/bin/sh\n');
      chmodSync(join(folder.root, 'run.sh'), 0o755);
      folder.write('image', Uint8Array.of(0, 1, 2));
      const start = fingerprint(folder.root);
      await turn(async () => {
        await run('mkdir -p new/deep && echo n > new/deep/file');
        await run('rm b.txt');
        await run(
          kind === 'git repository' ? 'git add run.sh; git mv run.sh go.sh' : 'mv run.sh go.sh',
        );
        await run("printf '\\0\\7' > image; : > empty");
      });
      assert.deepEqual(shown(), [
        'b.txt delete -b +',
        'empty add',
        'go.sh add - +#!/bin/sh',
        'image update binary',
        'new/deep/file add - +n',
        'run.sh delete -#!/bin/sh +',
      ]);
      assert.deepEqual(reported(), [
        'add new/deep/file',
        'delete b.txt',
        'add go.sh',
        'delete run.sh',
        'add empty',
        'update image',
      ]);
      await tracker.resolve('reject', {});
      assert.deepEqual(shown(), []);
      const workspace = (prints: Record<string, string>) =>
        Object.entries(prints).filter(([path]) => !path.startsWith('.git/'));
      assert.deepEqual(workspace(fingerprint(folder.root)).sort(), workspace(start).sort());
      assert.equal(statSync(join(folder.root, 'run.sh')).mode & 0o777, 0o755);
    });

    it('does not show an edit of the patch tool a second time', async () => {
      await turn(async () => {
        await patch('a.txt', '1\n2\nthree\n4\n5\n6\n7\n8\n');
        await run('echo unrelated > c.txt');
      });
      assert.deepEqual(reported(), ['add c.txt']);
      assert.deepEqual(shown(), ['a.txt update -3 +three', 'c.txt add - +unrelated']);
    });

    it('shows that a command changed a file again after a patch', async () => {
      await turn(async () => {
        await patch('a.txt', '1\n2\nthree\n4\n5\n6\n7\n8\n');
        await run("sed -i 's/three/THREE/; s/7/seven/' a.txt");
      });
      assert.deepEqual(reported(), ['update a.txt']);
      assert.deepEqual(shown(), ['a.txt update -3 +THREE', 'a.txt update -7 +seven']);
      const item = events.find((event) => event.type === 'item.completed')?.item;
      assert.match(
        item?.type === 'fileChange' ? (item.changes[0]?.diff ?? '') : '',
        /-three\n\+THREE/,
      );
    });

    it('shows that a command undid a patch', async () => {
      await turn(async () => {
        await run('true');
        await patch('b.txt', 'patched\n');
        await patch('new.txt', 'n\n');
        await run('printf "b\\n" > b.txt; rm new.txt');
      });
      assert.deepEqual(reported(), ['update b.txt', 'delete new.txt']);
      assert.deepEqual(shown(), []);
    });

    it('shows a file that a patch deleted and a command wrote anew', async () => {
      await turn(async () => {
        await run('true');
        await patch('b.txt', null);
        await run('echo other > b.txt');
      });
      assert.deepEqual(reported(), ['add b.txt']);
      assert.deepEqual(shown(), ['b.txt update -b +other']);
    });

    const isExecutable = (path: string) => (statSync(join(folder.root, path)).mode & 0o100) !== 0;

    it('shows a change of permissions, and rejects and accepts it', async () => {
      await turn(() => run('chmod +x b.txt'));
      assert.deepEqual(reported(), ['update b.txt']);
      assert.deepEqual(shown(), ['b.txt update']);
      const [file] = tracker.changeSet.files;
      assert.deepEqual(file?.executable, { baseline: false, live: true });
      await tracker.resolve('reject', { path: 'b.txt' });
      assert.equal(isExecutable('b.txt'), false);
      assert.deepEqual(shown(), []);
      await turn(() => run('chmod +x b.txt; echo more >> b.txt'));
      await tracker.resolve('accept', { path: 'b.txt', hunkId: hunkId('b.txt', 0) });
      assert.deepEqual(shown(), ['b.txt update']);
      await tracker.resolve('accept', { path: 'b.txt' });
      assert.deepEqual([isExecutable('b.txt'), ...shown()], [true]);
    });

    it('brings a deleted script back executable, whoever deleted it', async () => {
      folder.write('run.sh', '#!/bin/sh\n');
      folder.write('go.sh', '#!/bin/sh\n');
      folder.sh('chmod 755 run.sh go.sh');
      await turn(async () => {
        await run('rm run.sh');
        await patch('go.sh', null);
      });
      assert.deepEqual(
        tracker.changeSet.files.map(({ path, executable }) => [path, executable?.baseline]),
        [
          ['go.sh', true],
          ['run.sh', true],
        ],
      );
      await tracker.resolve('reject', { path: 'run.sh', hunkId: hunkId('run.sh', 0) });
      await tracker.resolve('reject', {});
      assert.deepEqual([isExecutable('run.sh'), isExecutable('go.sh'), ...shown()], [true, true]);
    });

    it("leaves the person's own change of permissions alone", async () => {
      folder.write('run.sh', 'one\n');
      await turn(() => run('chmod +x run.sh; echo two >> run.sh'));
      folder.sh('chmod -x run.sh');
      files.touches.fire({ path: 'run.sh', by: 'disk' });
      await tracker.settle();
      assert.deepEqual(shown(), ['run.sh update - +two']);
      await tracker.resolve('reject', {});
      assert.deepEqual([isExecutable('run.sh'), folder.read('run.sh')], [false, 'one\n']);
    });

    it('reports a changed link but leaves it alone', async () => {
      symlinkSync('b.txt', join(folder.root, 'link'));
      await turn(() => run('ln -sfn a.txt link; ln -s /etc/passwd other'));
      assert.deepEqual(reported(), ['update link', 'add other']);
      assert.deepEqual(shown(), []);
      assert.deepEqual(tracker.changeSet.notes, [
        'Links were changed, which reject leaves alone: link, other.',
      ]);
    });

    it('knows a file that was edited through a link as the file it is', async () => {
      symlinkSync('a.txt', join(folder.root, 'link'));
      await turn(async () => {
        await patch('link', '1\n2\nthree\n4\n5\n6\n7\n8\n');
        await run("sed -i 's/^7$/seven/' a.txt");
      });
      assert.deepEqual(reported(), ['update a.txt']);
      assert.deepEqual(shown(), ['a.txt update -3 +three', 'a.txt update -7 +seven']);
      await tracker.resolve('reject', {});
      assert.equal(folder.read('link'), '1\n2\n3\n4\n5\n6\n7\n8\n');
    });

    it('is quiet about commands that change nothing', async () => {
      await turn(() => run('ls; touch a.txt'));
      assert.deepEqual(events, []);
    });

    it('forgets a file that is back at its baseline', async () => {
      await turn(async () => {
        await run('echo more >> b.txt');
        await run('echo b > b.txt');
      });
      assert.deepEqual(reported(), ['update b.txt', 'update b.txt']);
      assert.deepEqual(shown(), []);
    });

    it("keeps the person's edits between commands out of the change set", async () => {
      await turn(async () => {
        await run("sed -i 's/^2$/two/' a.txt");
        await tracker.beforeWrite();
        type('b.txt', 'mine\n');
        type('a.txt', '1\ntwo\n3\n4\n5\n6\n7\nmine\n');
        await run('echo c > c.txt');
      });
      assert.deepEqual(reported(), ['update a.txt', 'add c.txt']);
      assert.deepEqual(shown(), ['a.txt update -2 +two', 'c.txt add - +c']);
      await tracker.resolve('reject', {});
      assert.equal(folder.read('a.txt'), '1\n2\n3\n4\n5\n6\n7\nmine\n');
      assert.equal(folder.read('b.txt'), 'mine\n');
    });

    it('never blames a command for what the person typed while it ran', async () => {
      await turn(async () => {
        await tracker.beforeWrite();
        folder.sh('echo c > c.txt');
        type('b.txt', 'mine\n');
        tracker.commandEnded(originOf('echo'));
      });
      assert.deepEqual(reported(), ['add c.txt']);
      assert.deepEqual(shown(), ['c.txt add - +c']);
    });

    it('shows what a command does to a file the person typed in before', async () => {
      await turn(async () => {
        await run('true');
        await tracker.beforeWrite();
        type('b.txt', 'mine\n');
        // Long enough for the tracker to have looked at it by itself.
        await new Promise((resolve) => setTimeout(resolve, 200));
        await run('echo more >> b.txt');
      });
      assert.deepEqual(reported(), ['update b.txt']);
      assert.deepEqual(shown(), ['b.txt update - +more']);
    });

    it('sees other programs at work between commands as the person', async () => {
      await turn(async () => {
        await run('echo c > c.txt');
        await tracker.beforeWrite();
        type('b.txt', 'from a terminal\n', 'disk');
        await run('echo d > d.txt');
      });
      assert.deepEqual(reported(), ['add c.txt', 'add d.txt']);
    });

    it("takes the watcher's report of a command's own writes for what it is", async () => {
      await turn(async () => {
        await tracker.beforeWrite();
        folder.sh('echo changed > b.txt');
        files.touches.fire({ path: 'b.txt', by: 'disk' });
        tracker.commandEnded(originOf('echo'));
        await tracker.beforeWrite();
        files.touches.fire({ path: 'b.txt', by: 'disk' });
      });
      assert.deepEqual(shown(), ['b.txt update -b +changed']);
    });

    it('takes what the person typed between turns as theirs, inside a hunk as part of it', async () => {
      await turn(() => run("sed -i 's/^3$/three/' a.txt"));
      type('a.txt', '1\n2\nthree and me\n4\n5\n6\n7\neight\n');
      await turn(async () => {});
      assert.deepEqual(shown(), ['a.txt update -3 +three and me']);
    });

    it('notices between turns what no watcher told', async () => {
      await turn(() => run("sed -i 's/^3$/three/' a.txt"));
      folder.sh("sed -i 's/^7$/seven/' a.txt");
      await turn(async () => {});
      assert.deepEqual(shown(), ['a.txt update -3 +three']);
    });

    it('accepts without writing and rejects exact bytes, hunk by hunk', async () => {
      const start = '\xef\xbb\xbf1\r\n2\n3\r\n4\n5\n6\n7\n8';
      folder.write('mixed.txt', latin1(start));
      await turn(() => run("sed -i 's/^3\\r$/three\\r/; s/^6$/six/; s/^8$/eight/' mixed.txt"));
      assert.deepEqual(shown(), [
        'mixed.txt update -3 +three',
        'mixed.txt update -6 +six',
        'mixed.txt update -8 +eight',
      ]);
      const written = statSync(join(folder.root, 'mixed.txt')).mtimeMs;
      await tracker.resolve('accept', { path: 'mixed.txt', hunkId: hunkId('mixed.txt', 1) });
      assert.equal(statSync(join(folder.root, 'mixed.txt')).mtimeMs, written);
      await tracker.resolve('reject', { path: 'mixed.txt', hunkId: hunkId('mixed.txt', 0) });
      assert.equal(folder.read('mixed.txt'), start.replace('6', 'six').replace('8', 'eight'));
      assert.equal(
        Buffer.from((await tracker.baseline('mixed.txt')) ?? []).toString('latin1'),
        start.replace('6', 'six'),
      );
      await tracker.resolve('reject', { path: 'mixed.txt' });
      assert.equal(folder.read('mixed.txt'), start.replace('6', 'six'));
      assert.deepEqual(shown(), []);
      assert.equal(await tracker.baseline('mixed.txt'), undefined);
    });

    it('settles single hunks of new and of deleted files', async () => {
      await turn(() => run('echo n > new; rm b.txt'));
      await tracker.resolve('reject', { path: 'new', hunkId: hunkId('new', 0) });
      await tracker.resolve('reject', { path: 'b.txt', hunkId: hunkId('b.txt', 0) });
      assert.equal(folder.read('new'), undefined);
      assert.equal(folder.read('b.txt'), 'b\n');
      await turn(() => run('echo n > new; rm b.txt'));
      await tracker.resolve('accept', { path: 'new', hunkId: hunkId('new', 0) });
      await tracker.resolve('accept', { path: 'b.txt', hunkId: hunkId('b.txt', 0) });
      assert.equal(folder.read('new'), 'n\n');
      assert.equal(folder.read('b.txt'), undefined);
      assert.deepEqual(shown(), []);
    });

    it('tells of a resolution first, then of the new change set', async () => {
      await turn(() => run('echo n > new'));
      const [made] = tracker.changeSet.files;
      events = [];
      await tracker.resolve('accept', {});
      const accepted = [{ path: 'new', before: null, after: made?.live }];
      assert.deepEqual(events, [
        { type: 'hunk.resolved', resolution: 'accept', target: {}, accepted },
        { type: 'changes.updated', changeSet: emptyChangeSet },
      ]);
    });

    it('gives the changes of a new turn a new baseline once the old ones are accepted', async () => {
      await turn(() => patch('b.txt', 'first\n'));
      await tracker.resolve('accept', {});
      await turn(() => run('echo second > b.txt'));
      assert.deepEqual(shown(), ['b.txt update -first +second']);
    });

    it('can be resolved while a turn runs', async () => {
      beginTurn();
      await run('echo one > b.txt');
      await tracker.resolve('reject', {});
      await run('echo c > c.txt');
      await tracker.settle();
      assert.deepEqual(reported(), ['update b.txt', 'add c.txt']);
      assert.deepEqual(shown(), ['c.txt add - +c']);
    });

    it('opens a hunk again when its reject is undone in the editor', async () => {
      await turn(() => run("sed -i 's/^3$/three/; s/^7$/seven/' a.txt"));
      const [first, second] = shown();
      await tracker.resolve('reject', { path: 'a.txt', hunkId: hunkId('a.txt', 0) });
      assert.deepEqual(shown(), [second]);
      type('a.txt', '1\n2\nthree\n4\n5\n6\nseven\n8\n', 'undo');
      await tracker.settle();
      assert.deepEqual(shown(), [first, second]);

      await tracker.resolve('reject', { path: 'a.txt' });
      assert.deepEqual(shown(), []);
      type('a.txt', '1\n2\nthree\n4\n5\n6\nseven\n8\n', 'undo');
      await tracker.settle();
      assert.deepEqual(shown(), [first, second]);
    });

    it("never writes over the person's work: what they just typed is kept or the reject refused", async () => {
      await turn(() => run("sed -i 's/^3$/three/' a.txt"));
      type('a.txt', '1\n2\nthree\n4\n5\n6\n7\nmine\n');
      await tracker.resolve('reject', { path: 'a.txt' });
      assert.equal(folder.read('a.txt'), '1\n2\n3\n4\n5\n6\n7\nmine\n');

      await turn(() => run("sed -i 's/^3$/three/' a.txt"));
      const apply = files.apply.bind(files);
      files.apply = (edits) => {
        folder.write('a.txt', 'overtaken\n');
        return apply(edits);
      };
      await assert.rejects(tracker.resolve('reject', {}), EditConflictError);
      assert.equal(folder.read('a.txt'), 'overtaken\n');
    });

    it('refuses to settle what is not there any more, in words', async () => {
      await assert.rejects(tracker.resolve('accept', { path: 'x' }), /x has no open changes/);
      await turn(() => run('echo n > new'));
      await assert.rejects(
        tracker.resolve('accept', { path: 'new', hunkId: 'gone' }),
        /changed in the meantime/,
      );
    });

    it('goes on from a stored change set', async () => {
      await turn(() => run("sed -i 's/^3$/three/' a.txt; echo n > new; echo x >> b.txt"));
      const stored = structuredClone(tracker.changeSet);
      tracker.dispose();
      folder.write('a.txt', '1\n2\nthree\n4\n5\n6\n7\nother\n');
      folder.sh('rm new');
      events = [];
      openTracker(stored);
      await tracker.settle();
      assert.deepEqual(shown(), [
        'a.txt update -3 +three',
        'a.txt update -8 +other',
        'b.txt update - +x',
      ]);
      assert.deepEqual(
        events.map((event) => event.type),
        ['changes.updated'],
      );
      await tracker.resolve('reject', { path: 'b.txt' });
      assert.equal(folder.read('b.txt'), 'b\n');
    });

    it('only shows what was changed while it was closed, and applies nothing there', async () => {
      await turn(() => run("sed -i 's/^3$/three/' a.txt; echo x >> b.txt; echo n > new"));
      const stored = structuredClone(tracker.changeSet);
      tracker.dispose();
      const typed = '1\n2\nthree\n4\n5\n6\n7\nother\n';
      folder.write('a.txt', typed);
      folder.write('new', 'n and more\n');
      openTracker(stored);
      await tracker.settle();
      const viewOnly = () =>
        tracker.changeSet.files.filter((file) => file.viewOnly).map(({ path }) => path);
      assert.deepEqual(viewOnly(), ['a.txt', 'new']);
      const notRejected = /was changed while its thread was closed/;
      await assert.rejects(tracker.resolve('reject', { path: 'a.txt' }), notRejected);
      const one = { path: 'a.txt', hunkId: hunkId('a.txt', 1) };
      await assert.rejects(tracker.resolve('reject', one), notRejected);
      await tracker.resolve('reject', {});
      assert.equal(folder.read('a.txt'), typed);
      assert.equal(folder.read('new'), 'n and more\n');
      assert.equal(folder.read('b.txt'), 'b\n');
      const [notice] = notices().splice(0);
      assert.match(notice?.text ?? '', /left as they are: a\.txt, new/);
      events = [];

      // Another reload knows it still, and the text it had before makes it an ordinary change again.
      const again = structuredClone(tracker.changeSet);
      tracker.dispose();
      openTracker(again);
      await tracker.settle();
      assert.deepEqual(viewOnly(), ['a.txt', 'new']);
      type('new', 'n\n', 'undo');
      await tracker.settle();
      assert.deepEqual(viewOnly(), ['a.txt']);
      await tracker.resolve('reject', { path: 'new' });
      assert.equal(folder.read('new'), undefined);
      await tracker.resolve('accept', { path: 'a.txt' });
      assert.equal(folder.read('a.txt'), typed);
      assert.deepEqual(shown(), []);
    });

    it('opens the hunks of an edit again when its undo is redone', async () => {
      await turn(() => patch('a.txt', '1\n2\nthree\n4\n5\n6\nseven\n8\n'));
      const both = shown();
      await tracker.resolve('accept', { path: 'a.txt', hunkId: hunkId('a.txt', 0) });
      type('a.txt', '1\n2\n3\n4\n5\n6\n7\n8\n', 'undo');
      await tracker.settle();
      assert.deepEqual(shown(), []);
      type('a.txt', '1\n2\nthree\n4\n5\n6\nseven\n8\n', 'undo');
      await tracker.settle();
      assert.deepEqual(shown(), both.slice(1));

      // The states in between were never seen.
      type('a.txt', 'top\n1\n2\nthree\n4\n5\n6\n7\n8\n', 'undo');
      await tracker.settle();
      assert.deepEqual(shown(), []);
      type('a.txt', 'top\nmore\n1\n2\nthree\n4\n5\n6\nseven\n8\n', 'undo');
      await tracker.settle();
      assert.deepEqual(shown(), both.slice(1));
    });

    it("takes the person's deletion of a file for theirs, and its undo for what it was", async () => {
      await turn(() => run("sed -i 's/^3$/three/' a.txt; echo n > new"));
      const before = shown();
      folder.sh('rm a.txt new');
      for (const path of ['a.txt', 'new']) files.touches.fire({ path, by: 'disk' });
      await tracker.settle();
      assert.deepEqual(shown(), []);
      await assert.rejects(tracker.resolve('reject', { path: 'a.txt' }), /no open changes/);
      assert.equal(folder.read('a.txt'), undefined);
      type('a.txt', '1\n2\nthree\n4\n5\n6\n7\n8\n', 'disk');
      type('new', 'n\n', 'disk');
      await tracker.settle();
      assert.deepEqual(shown(), before);
    });

    it('follows a file, or its folder, that the person gives another name', async () => {
      folder.write('lib/deep/c.txt', 'c\n');
      await turn(() =>
        run("sed -i 's/^3$/three/' a.txt; echo n > new; echo more >> lib/deep/c.txt"),
      );
      beginTurn();
      folder.sh('mv a.txt b2.txt; mv lib source');
      files.touches.fire({ path: 'b2.txt', by: 'typing', movedFrom: 'a.txt' });
      files.touches.fire({ path: 'source', by: 'typing', movedFrom: 'lib' });
      await run('echo agent > agent.txt');
      await tracker.settle();
      folder.sh('mv new newer');
      for (const path of ['new', 'newer']) files.touches.fire({ path, by: 'disk' });
      await tracker.settle();
      assert.deepEqual(shown(), [
        'agent.txt add - +agent',
        'b2.txt update -3 +three',
        'newer add - +n',
        'source/deep/c.txt update - +more',
      ]);
      await tracker.resolve('reject', {});
      assert.equal(folder.read('b2.txt'), '1\n2\n3\n4\n5\n6\n7\n8\n');
      assert.equal(folder.read('source/deep/c.txt'), 'c\n');
      assert.deepEqual([folder.read('newer'), folder.read('a.txt')], [undefined, undefined]);
    });

    it('says where there are too many places for marks in the editor', async () => {
      const lines = Array.from({ length: 1300 }, (_, index) => `${index}`);
      const join = (changed: (index: number) => boolean) =>
        lines.map((line, index) => `${changed(index) ? 'x' : ''}${line}\n`).join('');
      folder.write(
        'many.txt',
        join(() => false),
      );
      await turn(() =>
        patch(
          'many.txt',
          join((index) => index % 2 === 0),
        ),
      );
      const [file] = tracker.changeSet.files;
      assert.deepEqual([file?.coarse, file?.added, file?.removed], [true, 650, 650]);
      await tracker.resolve('reject', { path: 'many.txt', hunkId: hunkId('many.txt', 3) });
      await tracker.resolve('accept', { path: 'many.txt', hunkId: hunkId('many.txt', 0) });
      await tracker.resolve('reject', { path: 'many.txt' });
      assert.notEqual(
        folder.read('many.txt'),
        join(() => false),
      );
      assert.deepEqual(shown(), []);
    });

    it('follows patches where git is missing, and says that commands are not followed', async () => {
      tracker.dispose();
      openTracker(emptyChangeSet, { PATH: '/nonexistent' });
      await turn(async () => {
        await patch('a.txt', '1\n');
        await run('echo c > c.txt');
      });
      assert.deepEqual(reported(), []);
      assert.equal(tracker.changeSet.files.length, 1);
      assert.match(tracker.changeSet.notes[0] ?? '', /git is not installed/);
      await tracker.resolve('reject', {});
      assert.equal(folder.read('a.txt'), '1\n2\n3\n4\n5\n6\n7\n8\n');
    });

    if (kind === 'git repository') {
      it("leaves the person's repository untouched", async () => {
        folder.sh('echo staged > staged && git add staged');
        const status = folder.sh('git status --porcelain');
        const before = fingerprint(join(folder.root, '.git'));
        await turn(async () => {
          await run("sed -i 's/^3$/three/' a.txt; echo n > new; rm b.txt");
          await patch('a.txt', 'patched\n');
        });
        await tracker.resolve('accept', { path: 'new' });
        await tracker.resolve('reject', {});
        rmSync(join(folder.root, 'new'));
        assert.deepEqual(fingerprint(join(folder.root, '.git')), before);
        assert.equal(folder.sh('git status --porcelain'), status);
      });
    }
  });
}
