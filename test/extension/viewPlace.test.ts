import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import manifest from '../../package.json';
import { ViewPlace } from '../../src/extension/viewPlace';
import { tandemHost } from './tandemHost';

describe('the place of the view', () => {
  const key = 'tandem.inSecondarySideBar';

  it('is remembered when a command moved it, so that its menu offers the way back', async () => {
    await tandemHost();
    const stored = new Map<string, unknown>();
    const memory = {
      get: (name: string) => stored.get(name),
      update: async (name: string, value: unknown) => void stored.set(name, value),
    } as unknown as vscode.Memento;
    const told: unknown[] = [];
    const keys = { set: (name: string, value: unknown) => void told.push([name, value]) };
    const place = new ViewPlace(memory, keys);
    await place.moveTo('secondarySideBar');
    new ViewPlace(memory, keys);
    await place.moveTo('sideBar');
    assert.deepEqual(
      told,
      [false, true, true, false].map((value) => [key, value]),
    );
  });

  it('decides which of the two moves stands in the menu', () => {
    const moves = manifest.contributes.menus['view/title'].filter(({ command }) =>
      command.startsWith('tandem.moveTo'),
    );
    assert.deepEqual(
      moves.map(({ command, when }) => [command, when]),
      [
        ['tandem.moveToSecondarySideBar', `view == tandem.thread && !${key}`],
        ['tandem.moveToSideBar', `view == tandem.thread && ${key}`],
      ],
    );
  });
});
