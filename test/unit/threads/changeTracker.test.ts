import assert from 'node:assert/strict';
import { chmodSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { EditConflictError } from '../../../src/ports/workspaceFiles';
import { emptyChangeSet } from '../../../src/protocol/changes';
import { fingerprint } from '../adapters/git/folders';
import { folderKinds, latin1, useTrackedFolder } from './trackedFolder';

for (const kind of folderKinds) {
  describe(`changeTracker in a ${kind}`, () => {
    const {
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
    } = useTrackedFolder(kind);

    it('shows what a shell command edited, and which command it was', async () => {
      await turn(() => run("sed -i 's/^3$/three/; s/^7$/seven/' a.txt"));
      assert.deepEqual(shown(), ['a.txt update -3 +three', 'a.txt update -7 +seven']);
      const [file] = desk.tracker.changeSet.files;
      assert.equal(file?.origins[0]?.label, "sed -i 's/^3$/three/; s/^7$/seven/' a.txt");
      const started = desk.events.find((event) => event.type === 'item.started');
      assert.deepEqual(
        started?.item.type === 'fileChange' && [started.item.commandItemId, started.turnId],
        [file?.origins[0]?.itemId, 'turn-1'],
      );
      assert.deepEqual(reported(), ['update a.txt']);
      assert.equal(desk.events.at(-1)?.type, 'changes.updated');
    });

    it('shows new, deleted, renamed and binary files, and rejects them all exactly', async () => {
      desk.folder.write('run.sh', '#!/bin/sh\n');
      chmodSync(join(desk.folder.root, 'run.sh'), 0o755);
      desk.folder.write('image', Uint8Array.of(0, 1, 2));
      const start = fingerprint(desk.folder.root);
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
      await desk.tracker.resolve('reject', {});
      assert.deepEqual(shown(), []);
      const workspace = (prints: Record<string, string>) =>
        Object.entries(prints).filter(([path]) => !path.startsWith('.git/'));
      assert.deepEqual(workspace(fingerprint(desk.folder.root)).sort(), workspace(start).sort());
      assert.equal(statSync(join(desk.folder.root, 'run.sh')).mode & 0o777, 0o755);
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
      const item = desk.events.find((event) => event.type === 'item.completed')?.item;
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

    it('reports a changed link but leaves it alone', async () => {
      symlinkSync('b.txt', join(desk.folder.root, 'link'));
      await turn(() => run('ln -sfn a.txt link; ln -s /etc/passwd other'));
      assert.deepEqual(reported(), ['update link', 'add other']);
      assert.deepEqual(shown(), []);
      assert.deepEqual(desk.tracker.changeSet.notes, [
        'Links were changed, which reject leaves alone: link, other.',
      ]);
    });

    it('is quiet about commands that change nothing', async () => {
      await turn(() => run('ls; touch a.txt'));
      assert.deepEqual(desk.events, []);
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
        await desk.tracker.beforeWrite();
        type('b.txt', 'mine\n');
        type('a.txt', '1\ntwo\n3\n4\n5\n6\n7\nmine\n');
        await run('echo c > c.txt');
      });
      assert.deepEqual(reported(), ['update a.txt', 'add c.txt']);
      assert.deepEqual(shown(), ['a.txt update -2 +two', 'c.txt add - +c']);
      await desk.tracker.resolve('reject', {});
      assert.equal(desk.folder.read('a.txt'), '1\n2\n3\n4\n5\n6\n7\nmine\n');
      assert.equal(desk.folder.read('b.txt'), 'mine\n');
    });

    it('never blames a command for what the person typed while it ran', async () => {
      await turn(async () => {
        await desk.tracker.beforeWrite();
        desk.folder.sh('echo c > c.txt');
        type('b.txt', 'mine\n');
        desk.tracker.commandEnded(originOf('echo'));
      });
      assert.deepEqual(reported(), ['add c.txt']);
      assert.deepEqual(shown(), ['c.txt add - +c']);
    });

    it('shows what a command does to a file the person typed in before', async () => {
      await turn(async () => {
        await run('true');
        await desk.tracker.beforeWrite();
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
        await desk.tracker.beforeWrite();
        type('b.txt', 'from a terminal\n', 'disk');
        await run('echo d > d.txt');
      });
      assert.deepEqual(reported(), ['add c.txt', 'add d.txt']);
    });

    it("takes the watcher's report of a command's own writes for what it is", async () => {
      await turn(async () => {
        await desk.tracker.beforeWrite();
        desk.folder.sh('echo changed > b.txt');
        desk.files.touches.fire({ path: 'b.txt', by: 'disk' });
        desk.tracker.commandEnded(originOf('echo'));
        await desk.tracker.beforeWrite();
        desk.files.touches.fire({ path: 'b.txt', by: 'disk' });
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
      desk.folder.sh("sed -i 's/^7$/seven/' a.txt");
      await turn(async () => {});
      assert.deepEqual(shown(), ['a.txt update -3 +three']);
    });

    it('accepts without writing and rejects exact bytes, hunk by hunk', async () => {
      const start = '\xef\xbb\xbf1\r\n2\n3\r\n4\n5\n6\n7\n8';
      desk.folder.write('mixed.txt', latin1(start));
      await turn(() => run("sed -i 's/^3\\r$/three\\r/; s/^6$/six/; s/^8$/eight/' mixed.txt"));
      assert.deepEqual(shown(), [
        'mixed.txt update -3 +three',
        'mixed.txt update -6 +six',
        'mixed.txt update -8 +eight',
      ]);
      const written = statSync(join(desk.folder.root, 'mixed.txt')).mtimeMs;
      await desk.tracker.resolve('accept', { path: 'mixed.txt', hunkId: hunkId('mixed.txt', 1) });
      assert.equal(statSync(join(desk.folder.root, 'mixed.txt')).mtimeMs, written);
      await desk.tracker.resolve('reject', { path: 'mixed.txt', hunkId: hunkId('mixed.txt', 0) });
      assert.equal(desk.folder.read('mixed.txt'), start.replace('6', 'six').replace('8', 'eight'));
      assert.equal(
        Buffer.from((await desk.tracker.baseline('mixed.txt')) ?? []).toString('latin1'),
        start.replace('6', 'six'),
      );
      await desk.tracker.resolve('reject', { path: 'mixed.txt' });
      assert.equal(desk.folder.read('mixed.txt'), start.replace('6', 'six'));
      assert.deepEqual(shown(), []);
      assert.equal(await desk.tracker.baseline('mixed.txt'), undefined);
    });

    it('settles single hunks of new and of deleted files', async () => {
      await turn(() => run('echo n > new; rm b.txt'));
      await desk.tracker.resolve('reject', { path: 'new', hunkId: hunkId('new', 0) });
      await desk.tracker.resolve('reject', { path: 'b.txt', hunkId: hunkId('b.txt', 0) });
      assert.equal(desk.folder.read('new'), undefined);
      assert.equal(desk.folder.read('b.txt'), 'b\n');
      await turn(() => run('echo n > new; rm b.txt'));
      await desk.tracker.resolve('accept', { path: 'new', hunkId: hunkId('new', 0) });
      await desk.tracker.resolve('accept', { path: 'b.txt', hunkId: hunkId('b.txt', 0) });
      assert.equal(desk.folder.read('new'), 'n\n');
      assert.equal(desk.folder.read('b.txt'), undefined);
      assert.deepEqual(shown(), []);
    });

    it('tells of a resolution first, then of the new change set', async () => {
      await turn(() => run('echo n > new'));
      const [made] = desk.tracker.changeSet.files;
      desk.events = [];
      await desk.tracker.resolve('accept', {});
      const accepted = [{ path: 'new', before: null, after: made?.live }];
      assert.deepEqual(desk.events, [
        { type: 'hunk.resolved', resolution: 'accept', target: {}, accepted },
        { type: 'changes.updated', changeSet: emptyChangeSet },
      ]);
    });

    it('gives the changes of a new turn a new baseline once the old ones are accepted', async () => {
      await turn(() => patch('b.txt', 'first\n'));
      await desk.tracker.resolve('accept', {});
      await turn(() => run('echo second > b.txt'));
      assert.deepEqual(shown(), ['b.txt update -first +second']);
    });

    it('can be resolved while a turn runs', async () => {
      beginTurn();
      await run('echo one > b.txt');
      await desk.tracker.resolve('reject', {});
      await run('echo c > c.txt');
      await desk.tracker.settle();
      assert.deepEqual(reported(), ['update b.txt', 'add c.txt']);
      assert.deepEqual(shown(), ['c.txt add - +c']);
    });

    it("never writes over the person's work: what they just typed is kept or the reject refused", async () => {
      await turn(() => run("sed -i 's/^3$/three/' a.txt"));
      type('a.txt', '1\n2\nthree\n4\n5\n6\n7\nmine\n');
      await desk.tracker.resolve('reject', { path: 'a.txt' });
      assert.equal(desk.folder.read('a.txt'), '1\n2\n3\n4\n5\n6\n7\nmine\n');

      await turn(() => run("sed -i 's/^3$/three/' a.txt"));
      const apply = desk.files.apply.bind(desk.files);
      desk.files.apply = (edits) => {
        desk.folder.write('a.txt', 'overtaken\n');
        return apply(edits);
      };
      await assert.rejects(desk.tracker.resolve('reject', {}), EditConflictError);
      assert.equal(desk.folder.read('a.txt'), 'overtaken\n');
    });

    it('refuses to settle what is not there any more, in words', async () => {
      await assert.rejects(desk.tracker.resolve('accept', { path: 'x' }), /x has no open changes/);
      await turn(() => run('echo n > new'));
      await assert.rejects(
        desk.tracker.resolve('accept', { path: 'new', hunkId: 'gone' }),
        /changed in the meantime/,
      );
    });

    it('goes on from a stored change set', async () => {
      await turn(() => run("sed -i 's/^3$/three/' a.txt; echo n > new; echo x >> b.txt"));
      const stored = structuredClone(desk.tracker.changeSet);
      desk.tracker.dispose();
      desk.folder.write('a.txt', '1\n2\nthree\n4\n5\n6\n7\nother\n');
      desk.folder.sh('rm new');
      desk.events = [];
      openTracker(stored);
      await desk.tracker.settle();
      assert.deepEqual(shown(), [
        'a.txt update -3 +three',
        'a.txt update -8 +other',
        'b.txt update - +x',
      ]);
      assert.deepEqual(
        desk.events.map((event) => event.type),
        ['changes.updated'],
      );
      await desk.tracker.resolve('reject', { path: 'b.txt' });
      assert.equal(desk.folder.read('b.txt'), 'b\n');
    });

    it('follows patches where git is missing, and says that commands are not followed', async () => {
      desk.tracker.dispose();
      openTracker(emptyChangeSet, { PATH: '/nonexistent' });
      await turn(async () => {
        await patch('a.txt', '1\n');
        await run('echo c > c.txt');
      });
      assert.deepEqual(reported(), []);
      assert.equal(desk.tracker.changeSet.files.length, 1);
      assert.match(desk.tracker.changeSet.notes[0] ?? '', /git is not installed/);
      await desk.tracker.resolve('reject', {});
      assert.equal(desk.folder.read('a.txt'), '1\n2\n3\n4\n5\n6\n7\n8\n');
    });

    if (kind === 'git repository') {
      it("leaves the person's repository untouched", async () => {
        desk.folder.sh('echo staged > staged && git add staged');
        const status = desk.folder.sh('git status --porcelain');
        const before = fingerprint(join(desk.folder.root, '.git'));
        await turn(async () => {
          await run("sed -i 's/^3$/three/' a.txt; echo n > new; rm b.txt");
          await patch('a.txt', 'patched\n');
        });
        await desk.tracker.resolve('accept', { path: 'new' });
        await desk.tracker.resolve('reject', {});
        rmSync(join(desk.folder.root, 'new'));
        assert.deepEqual(fingerprint(join(desk.folder.root, '.git')), before);
        assert.equal(desk.folder.sh('git status --porcelain'), status);
      });
    }
  });
}
