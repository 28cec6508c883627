import assert from 'node:assert/strict';
import { statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { folderKinds, useTrackedFolder } from './trackedFolder';

for (const kind of folderKinds) {
  describe(`reviewing files that do not stand still, in a ${kind}`, () => {
    const {
      desk,
      openTracker,
      beginTurn,
      run,
      patch,
      type,
      turn,
      shown,
      reported,
      hunkId,
      notices,
    } = useTrackedFolder(kind);

    const isExecutable = (path: string) =>
      (statSync(join(desk.folder.root, path)).mode & 0o100) !== 0;

    it('shows a change of permissions, and rejects and accepts it', async () => {
      await turn(() => run('chmod +x b.txt'));
      assert.deepEqual(reported(), ['update b.txt']);
      assert.deepEqual(shown(), ['b.txt update']);
      const [file] = desk.tracker.changeSet.files;
      assert.deepEqual(file?.executable, { baseline: false, live: true });
      await desk.tracker.resolve('reject', { path: 'b.txt' });
      assert.equal(isExecutable('b.txt'), false);
      assert.deepEqual(shown(), []);
      await turn(() => run('chmod +x b.txt; echo more >> b.txt'));
      await desk.tracker.resolve('accept', { path: 'b.txt', hunkId: hunkId('b.txt', 0) });
      assert.deepEqual(shown(), ['b.txt update']);
      await desk.tracker.resolve('accept', { path: 'b.txt' });
      assert.deepEqual([isExecutable('b.txt'), ...shown()], [true]);
    });

    it('brings a deleted script back executable, whoever deleted it', async () => {
      desk.folder.write('run.sh', '#!/bin/sh\n');
      desk.folder.write('go.sh', '#!/bin/sh\n');
      desk.folder.sh('chmod 755 run.sh go.sh');
      await turn(async () => {
        await run('rm run.sh');
        await patch('go.sh', null);
      });
      assert.deepEqual(
        desk.tracker.changeSet.files.map(({ path, executable }) => [path, executable?.baseline]),
        [
          ['go.sh', true],
          ['run.sh', true],
        ],
      );
      await desk.tracker.resolve('reject', { path: 'run.sh', hunkId: hunkId('run.sh', 0) });
      await desk.tracker.resolve('reject', {});
      assert.deepEqual([isExecutable('run.sh'), isExecutable('go.sh'), ...shown()], [true, true]);
    });

    it("leaves the person's own change of permissions alone", async () => {
      desk.folder.write('run.sh', 'one\n');
      await turn(() => run('chmod +x run.sh; echo two >> run.sh'));
      desk.folder.sh('chmod -x run.sh');
      desk.files.touches.fire({ path: 'run.sh', by: 'disk' });
      await desk.tracker.settle();
      assert.deepEqual(shown(), ['run.sh update - +two']);
      await desk.tracker.resolve('reject', {});
      assert.deepEqual([isExecutable('run.sh'), desk.folder.read('run.sh')], [false, 'one\n']);
    });

    it('knows a file that was edited through a link as the file it is', async () => {
      symlinkSync('a.txt', join(desk.folder.root, 'link'));
      await turn(async () => {
        await patch('link', '1\n2\nthree\n4\n5\n6\n7\n8\n');
        await run("sed -i 's/^7$/seven/' a.txt");
      });
      assert.deepEqual(reported(), ['update a.txt']);
      assert.deepEqual(shown(), ['a.txt update -3 +three', 'a.txt update -7 +seven']);
      await desk.tracker.resolve('reject', {});
      assert.equal(desk.folder.read('link'), '1\n2\n3\n4\n5\n6\n7\n8\n');
    });

    it('opens a hunk again when its reject is undone in the editor', async () => {
      await turn(() => run("sed -i 's/^3$/three/; s/^7$/seven/' a.txt"));
      const [first, second] = shown();
      await desk.tracker.resolve('reject', { path: 'a.txt', hunkId: hunkId('a.txt', 0) });
      assert.deepEqual(shown(), [second]);
      type('a.txt', '1\n2\nthree\n4\n5\n6\nseven\n8\n', 'undo');
      await desk.tracker.settle();
      assert.deepEqual(shown(), [first, second]);

      await desk.tracker.resolve('reject', { path: 'a.txt' });
      assert.deepEqual(shown(), []);
      type('a.txt', '1\n2\nthree\n4\n5\n6\nseven\n8\n', 'undo');
      await desk.tracker.settle();
      assert.deepEqual(shown(), [first, second]);
    });

    it('only shows what was changed while it was closed, and applies nothing there', async () => {
      await turn(() => run("sed -i 's/^3$/three/' a.txt; echo x >> b.txt; echo n > new"));
      const stored = structuredClone(desk.tracker.changeSet);
      desk.tracker.dispose();
      const typed = '1\n2\nthree\n4\n5\n6\n7\nother\n';
      desk.folder.write('a.txt', typed);
      desk.folder.write('new', 'n and more\n');
      openTracker(stored);
      await desk.tracker.settle();
      const viewOnly = () =>
        desk.tracker.changeSet.files.filter((file) => file.viewOnly).map(({ path }) => path);
      assert.deepEqual(viewOnly(), ['a.txt', 'new']);
      const notRejected = /was changed while its thread was closed/;
      await assert.rejects(desk.tracker.resolve('reject', { path: 'a.txt' }), notRejected);
      const one = { path: 'a.txt', hunkId: hunkId('a.txt', 1) };
      await assert.rejects(desk.tracker.resolve('reject', one), notRejected);
      await desk.tracker.resolve('reject', {});
      assert.equal(desk.folder.read('a.txt'), typed);
      assert.equal(desk.folder.read('new'), 'n and more\n');
      assert.equal(desk.folder.read('b.txt'), 'b\n');
      const [notice] = notices();
      assert.match(notice?.text ?? '', /left as they are: a\.txt, new/);
      desk.events = [];

      // Another reload knows it still, and the text it had before makes it an ordinary change again.
      const again = structuredClone(desk.tracker.changeSet);
      desk.tracker.dispose();
      openTracker(again);
      await desk.tracker.settle();
      assert.deepEqual(viewOnly(), ['a.txt', 'new']);
      type('new', 'n\n', 'undo');
      await desk.tracker.settle();
      assert.deepEqual(viewOnly(), ['a.txt']);
      await desk.tracker.resolve('reject', { path: 'new' });
      assert.equal(desk.folder.read('new'), undefined);
      await desk.tracker.resolve('accept', { path: 'a.txt' });
      assert.equal(desk.folder.read('a.txt'), typed);
      assert.deepEqual(shown(), []);
    });

    it('opens the hunks of an edit again when its undo is redone', async () => {
      await turn(() => patch('a.txt', '1\n2\nthree\n4\n5\n6\nseven\n8\n'));
      const both = shown();
      await desk.tracker.resolve('accept', { path: 'a.txt', hunkId: hunkId('a.txt', 0) });
      type('a.txt', '1\n2\n3\n4\n5\n6\n7\n8\n', 'undo');
      await desk.tracker.settle();
      assert.deepEqual(shown(), []);
      type('a.txt', '1\n2\nthree\n4\n5\n6\nseven\n8\n', 'undo');
      await desk.tracker.settle();
      assert.deepEqual(shown(), both.slice(1));

      // The states in between were never seen.
      type('a.txt', 'top\n1\n2\nthree\n4\n5\n6\n7\n8\n', 'undo');
      await desk.tracker.settle();
      assert.deepEqual(shown(), []);
      type('a.txt', 'top\nmore\n1\n2\nthree\n4\n5\n6\nseven\n8\n', 'undo');
      await desk.tracker.settle();
      assert.deepEqual(shown(), both.slice(1));
    });

    it("takes the person's deletion of a file for theirs, and its undo for what it was", async () => {
      await turn(() => run("sed -i 's/^3$/three/' a.txt; echo n > new"));
      const before = shown();
      desk.folder.sh('rm a.txt new');
      for (const path of ['a.txt', 'new']) desk.files.touches.fire({ path, by: 'disk' });
      await desk.tracker.settle();
      assert.deepEqual(shown(), []);
      await assert.rejects(desk.tracker.resolve('reject', { path: 'a.txt' }), /no open changes/);
      assert.equal(desk.folder.read('a.txt'), undefined);
      type('a.txt', '1\n2\nthree\n4\n5\n6\n7\n8\n', 'disk');
      type('new', 'n\n', 'disk');
      await desk.tracker.settle();
      assert.deepEqual(shown(), before);
    });

    it('follows a file, or its folder, that the person gives another name', async () => {
      desk.folder.write('lib/deep/c.txt', 'c\n');
      await turn(() =>
        run("sed -i 's/^3$/three/' a.txt; echo n > new; echo more >> lib/deep/c.txt"),
      );
      beginTurn();
      desk.folder.sh('mv a.txt b2.txt; mv lib source');
      desk.files.touches.fire({ path: 'b2.txt', by: 'typing', movedFrom: 'a.txt' });
      desk.files.touches.fire({ path: 'source', by: 'typing', movedFrom: 'lib' });
      await run('echo agent > agent.txt');
      await desk.tracker.settle();
      desk.folder.sh('mv new newer');
      for (const path of ['new', 'newer']) desk.files.touches.fire({ path, by: 'disk' });
      await desk.tracker.settle();
      assert.deepEqual(shown(), [
        'agent.txt add - +agent',
        'b2.txt update -3 +three',
        'newer add - +n',
        'source/deep/c.txt update - +more',
      ]);
      await desk.tracker.resolve('reject', {});
      assert.equal(desk.folder.read('b2.txt'), '1\n2\n3\n4\n5\n6\n7\n8\n');
      assert.equal(desk.folder.read('source/deep/c.txt'), 'c\n');
      assert.deepEqual(
        [desk.folder.read('newer'), desk.folder.read('a.txt')],
        [undefined, undefined],
      );
    });

    it('says where there are too many places for marks in the editor', async () => {
      const lines = Array.from({ length: 1300 }, (_, index) => `${index}`);
      const join = (changed: (index: number) => boolean) =>
        lines.map((line, index) => `${changed(index) ? 'x' : ''}${line}\n`).join('');
      desk.folder.write(
        'many.txt',
        join(() => false),
      );
      await turn(() =>
        patch(
          'many.txt',
          join((index) => index % 2 === 0),
        ),
      );
      const [file] = desk.tracker.changeSet.files;
      assert.deepEqual([file?.coarse, file?.added, file?.removed], [true, 650, 650]);
      await desk.tracker.resolve('reject', { path: 'many.txt', hunkId: hunkId('many.txt', 3) });
      await desk.tracker.resolve('accept', { path: 'many.txt', hunkId: hunkId('many.txt', 0) });
      await desk.tracker.resolve('reject', { path: 'many.txt' });
      assert.notEqual(
        desk.folder.read('many.txt'),
        join(() => false),
      );
      assert.deepEqual(shown(), []);
    });
  });
}
