import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { absoluteSearchPath, findProgram } from '../../../../src/adapters/programs/findProgram';
import { useTempFolder } from '../../../support/tempFolder';

describe('finding a program of the machine', () => {
  const folder = useTempFolder({ 'ws/a.txt': '' });
  const at = (...segments: string[]) => folder().at(...segments);
  const program = (path: string) => {
    chmodSync(folder().write(path, '#!/bin/sh\n'), 0o755);
    return at(path);
  };
  const find = (...path: string[]) => findProgram('tool', path.join(':'), at('ws'));

  it('A29 takes the first on an absolute path outside of the folder', () => {
    program('ws/tool');
    program('ws/bin/tool');
    const own = program('bin/tool');
    assert.equal(find('.', '', 'bin', at('ws'), at('ws/bin'), at('bin')), own);
    assert.equal(find('.', '', 'bin', at('ws'), at('ws/bin')), undefined);
  });

  it('A29 takes none that a link leads into the folder for, nor one through a link to the folder', () => {
    program('ws/bin/tool');
    mkdirSync(at('links'));
    symlinkSync(at('ws/bin/tool'), at('links/tool'));
    symlinkSync(at('ws/bin'), at('door'));
    symlinkSync(at('ws'), at('alias'));
    assert.equal(find(at('links'), at('door'), at('alias/bin')), undefined);
    assert.equal(findProgram('tool', at('door'), at('alias')), undefined);
  });

  it('takes no folder and no file that cannot be run', () => {
    mkdirSync(at('one/tool'), { recursive: true });
    folder().write('two/tool', 'text');
    const own = program('three/tool');
    assert.equal(find(at('one'), at('two'), at('three')), own);
  });

  it('A29 leaves only absolute entries on a search path, and none in a folder that is named', () => {
    assert.equal(absoluteSearchPath('.:/a::b:./c:/ws/bin:/ws-evil:/d'), '/a:/ws/bin:/ws-evil:/d');
    assert.equal(absoluteSearchPath('/a:/ws:/ws/bin:/ws-evil', '/ws'), '/a:/ws-evil');
    assert.equal(absoluteSearchPath(undefined), '');
  });
});
