import { setKey } from '../askForKey';
import type { Command } from './command';

/** Asks for an API key, tries it, and stores it in the secret storage of VS Code. */
export const setApiKey: Command = {
  id: 'tandem.setApiKey',
  run: setKey,
};
