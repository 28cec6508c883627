import assert from 'node:assert/strict';
import { loadFirstPty, ptyCandidates } from '../../../src/extension/nativePty';

describe('the native pseudo-terminal module', () => {
  it('is looked for in our own files first, then in those of VS Code', () => {
    const candidates = ptyCandidates('/extension', '/vscode');
    assert.match(candidates[0]!, /^\/extension\/dist\/node_modules\/node-pty$/);
    assert.match(candidates.at(-1)!, /^\/vscode\/node_modules\/node-pty$/);
  });

  it('is the first that loads', () => {
    const module = { spawn: () => undefined };
    const load = (path: string): unknown => {
      if (path === 'broken') throw new Error('wrong GLIBC\nmore');
      return path === 'empty' ? {} : module;
    };
    assert.equal(loadFirstPty(['broken', 'empty', 'works', 'never asked'], load), module);
  });

  it('that loads nowhere is an error that says what it means and keeps the causes', () => {
    const load = (): unknown => {
      throw new Error('wrong GLIBC');
    };
    assert.throws(
      () => loadFirstPty(['a', 'b'], load),
      (error: Error) => {
        assert.match(error.message, /^Commands cannot run: no pseudo-terminal module works on /);
        assert.deepEqual(error.cause, ['a: wrong GLIBC', 'b: wrong GLIBC']);
        return true;
      },
    );
  });

  it('works on this machine', () => {
    const { spawn } = loadFirstPty(ptyCandidates(process.cwd(), '/nowhere'));
    assert.equal(typeof spawn, 'function');
  });
});
