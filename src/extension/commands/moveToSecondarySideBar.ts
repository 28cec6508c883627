import type { Command } from './command';

/** Moves Tandem beside the editor's other edge, where it stays; only the person moves it. */
export const moveToSecondarySideBar: Command = {
  id: 'tandem.moveToSecondarySideBar',
  run: ({ viewPlace }) => viewPlace.moveTo('secondarySideBar'),
};
