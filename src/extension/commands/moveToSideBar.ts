import type { Command } from './command';
import { moveViews } from './moveViews';

/** Moves Tandem back to where it was when it was installed. */
export const moveToSideBar: Command = {
  id: 'tandem.moveToSideBar',
  run: () => moveViews('tandem'),
};
