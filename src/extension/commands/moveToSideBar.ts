import type { Command } from './command';

/** Moves Tandem back to where it was when it was installed. */
export const moveToSideBar: Command = {
  id: 'tandem.moveToSideBar',
  run: ({ viewPlace }) => viewPlace.moveTo('sideBar'),
};
