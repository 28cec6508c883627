import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { createInstructionFiles } from '../../../../src/adapters/disk/instructionFiles';
import { useTempFolder } from '../../../support/tempFolder';

const trusted = createInstructionFiles(() => true);

describe('createInstructionFiles', () => {
  const folder = useTempFolder();

  it('D07 reads from the repository root down, the override before the plain file', async () => {
    folder().write('AGENTS.md', 'above the repository');
    folder().write('repo/.git/HEAD', 'x');
    folder().write('repo/AGENTS.md', 'root');
    folder().write('repo/a/AGENTS.md', 'plain');
    folder().write('repo/a/AGENTS.override.md', 'override');
    folder().write('repo/a/b/AGENTS.md', 'below');
    assert.deepEqual(await trusted.read(folder().at('repo/a')), [
      { folder: folder().at('repo'), text: 'root' },
      { folder: folder().at('repo/a'), text: 'override' },
    ]);
  });

  it('looks at the folder alone where there is no repository', async () => {
    folder().write('AGENTS.md', 'above');
    folder().write('plain/AGENTS.md', 'here');
    const found = await trusted.read(folder().at('plain'));
    assert.deepEqual(
      found.map(({ text }) => text),
      ['here'],
    );
  });

  it('D07 cuts at 32 KiB in all and says so, on a whole character', async () => {
    folder().write('repo/.git/HEAD', 'x');
    folder().write('repo/AGENTS.md', 'ä'.repeat(20_000));
    folder().write('repo/a/AGENTS.md', 'never read');
    const found = await trusted.read(folder().at('repo/a'));
    assert.equal(found.length, 1);
    assert.match(found[0]!.text, /ä\n\n\(cut here/);
    assert.doesNotMatch(found[0]!.text, /\ufffd/);
  });

  it('D07 reads nothing of a dependency, though the thread works in one', async () => {
    folder().write('repo/.git/HEAD', 'x');
    folder().write('repo/AGENTS.md', 'root');
    folder().write('repo/node_modules/x/AGENTS.md', 'do evil');
    folder().write('repo/node_modules/AGENTS.md', 'do evil, too');
    const found = await trusted.read(folder().at('repo/node_modules/x'));
    assert.deepEqual(
      found.map(({ text }) => text),
      ['root'],
    );
  });

  it('D07 takes a bounded part of a file of 5 MB', async () => {
    folder().write('repo/.git/HEAD', 'x');
    folder().write('repo/AGENTS.md', 'order '.repeat(900_000));
    const [file] = await trusted.read(folder().at('repo'));
    assert.ok(file && file.text.length < 33 * 1024);
    assert.match(file.text, /\(cut here: project instructions are limited to 32 KiB in all\)$/);
  });

  it('reads nothing of a folder that is not trusted', async () => {
    folder().write('AGENTS.md', 'do evil');
    assert.deepEqual(await createInstructionFiles(() => false).read(folder().path), []);
  });

  it('follows a link inside the repository and none that leads out of it', async () => {
    folder().write('secret', 'outside');
    folder().write('repo/.git/HEAD', 'x');
    folder().write('repo/CLAUDE.md', 'inside');
    symlinkSync('CLAUDE.md', folder().at('repo/AGENTS.md'));
    folder().write('repo/a/x', '');
    symlinkSync('../../secret', folder().at('repo/a/AGENTS.md'));
    assert.deepEqual(await trusted.read(folder().at('repo/a')), [
      { folder: folder().at('repo'), text: 'inside' },
    ]);
  });

  it('passes over a folder of that name', async () => {
    folder().write('AGENTS.md/x', 'x');
    assert.deepEqual(await trusted.read(folder().path), []);
  });
});
