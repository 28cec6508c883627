import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findSuggestions } from '../../../src/extension/suggestions';
import type { Search } from '../../../src/ports/search';

const nothingFound: Search = { search: async () => ({ text: '', cut: false }) };

describe('findSuggestions', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tandem-suggestions-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function write(path: string, text = ''): Promise<void> {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }

  it('always offers to explain the project', async () => {
    assert.deepEqual(await findSuggestions(folder, nothingFound), [
      {
        kind: 'explain',
        label: 'Explain how this project is built',
        subject: '',
        prompt: 'Explain how this project is built',
      },
    ]);
  });

  it('names the test file that the test script runs', async () => {
    await write('package.json', JSON.stringify({ scripts: { test: 'node --quiet ./checks.js' } }));
    await write('checks.js');
    const [test] = await findSuggestions(folder, nothingFound);
    assert.equal(test?.subject, 'checks.js');
    assert.equal(test?.label, 'Run the tests and fix what fails in checks.js');
    assert.equal(test?.prompt, test?.label, 'what is shown is what is asked');
  });

  it('finds a test file by its name', async () => {
    await write('package.json', 'not JSON');
    await write('test/a.test.ts');
    const [test] = await findSuggestions(folder, nothingFound);
    assert.deepEqual([test?.kind, test?.subject], ['test', 'test/a.test.ts']);
  });

  it('names no file that is not there or lies elsewhere', async () => {
    const script = { scripts: { test: 'node ../outside.js missing.js && mocha' } };
    await write('package.json', JSON.stringify(script));
    const [first] = await findSuggestions(folder, nothingFound);
    assert.equal(first?.label, 'Run npm test and fix what fails');
  });

  it('offers no test that npm only left a place for', async () => {
    const test = 'echo "Error: no test specified" && exit 1';
    await write('package.json', JSON.stringify({ scripts: { test } }));
    const [first] = await findSuggestions(folder, nothingFound);
    assert.equal(first?.kind, 'explain');
  });

  it('knows how projects of other languages are tested', async () => {
    await write('go.mod');
    const [test] = await findSuggestions(folder, nothingFound);
    assert.deepEqual([test?.kind, test?.subject], ['test', 'go test ./...']);
  });

  it('points at the first TODO with its line', async () => {
    const search: Search = {
      search: async () => ({ text: 'src/cart.js:12:  // TODO: discounts\n', cut: true }),
    };
    const [todo] = await findSuggestions(folder, search);
    assert.deepEqual(todo, {
      kind: 'todo',
      label: 'Finish the TODO in src/cart.js:12',
      subject: 'src/cart.js:12',
      prompt: 'Finish the TODO in src/cart.js:12',
    });
  });

  it('says that a FIXME is one', async () => {
    const search: Search = {
      search: async () => ({ text: 'a.py:3:# FIXME rounding\n', cut: false }),
    };
    const [mark] = await findSuggestions(folder, search);
    assert.equal(mark?.label, 'Resolve the FIXME in a.py:3');
  });

  it('goes on without a search that works', async () => {
    const search: Search = { search: () => Promise.reject(new Error('no ripgrep')) };
    assert.equal((await findSuggestions(folder, search)).length, 1);
  });
});
