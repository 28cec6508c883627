import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { Placeholders } from '../../../../src/adapters/sandbox/placeholders';
import { SandboxFolder } from '../../../../src/adapters/sandbox/sandboxFolder';
import { useTempFolder } from '../../../support/tempFolder';

describe('placeholders', () => {
  const state = useTempFolder();
  const workspace = useTempFolder();
  const inThere = () => readdirSync(workspace().path);
  function makeOwner() {
    const folder = new SandboxFolder(state().path);
    folder.ensure();
    return { folder, placeholders: new Placeholders(folder) };
  }
  const places = () => ['.git', '.vscode'].map((name) => workspace().at(name));

  it('stand as long as a command of any process needs them, and go once nobody waits for the last', async () => {
    const [one, other] = [makeOwner(), makeOwner()];
    const first = one.placeholders.take(places(), []);
    const second = other.placeholders.take([], places());
    assert.deepEqual(second.paths, places());
    first.give();
    assert.deepEqual(inThere(), ['.git', '.vscode']);
    await setImmediate();
    assert.deepEqual(inThere(), ['.git', '.vscode'], 'the other needs them');
    second.give();
    await setImmediate();
    assert.deepEqual(inThere(), []);
  });

  it('are gone also where the last commands of two processes end at once', async () => {
    const [one, other] = [makeOwner(), makeOwner()];
    const [first, second] = [
      one.placeholders.take(places(), []),
      other.placeholders.take([], places()),
    ];
    first.give();
    second.give();
    await setImmediate();
    assert.deepEqual(inThere(), []);
  });

  it('serve the next command of a process that comes before they are gone', async () => {
    const { placeholders } = makeOwner();
    const first = placeholders.take(places(), []);
    first.give();
    const next = placeholders.take([], places());
    await setImmediate();
    assert.deepEqual(inThere(), ['.git', '.vscode']);
    next.give();
    placeholders.clear();
    assert.deepEqual(inThere(), []);
  });

  it('leave alone what the person made, and what somebody filled', async () => {
    const { placeholders } = makeOwner();
    mkdirSync(workspace().at('.idea'));
    const taken = placeholders.take(places(), [workspace().at('.idea')]);
    workspace().write('.vscode/settings.json', '{}');
    taken.give();
    await setImmediate();
    assert.deepEqual(inThere(), ['.idea', '.vscode']);
  });

  it('go also where somebody emptied the folder of the lists', async () => {
    const { folder, placeholders } = makeOwner();
    placeholders.take(places(), []).give();
    for (const name of readdirSync(folder.own)) rmSync(`${folder.own}/${name}`);
    await setImmediate();
    assert.deepEqual(inThere(), []);
  });
});
