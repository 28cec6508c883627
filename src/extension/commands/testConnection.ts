import { reportConnection } from '../checkConnection';
import type { Command } from './command';

/** Tries the way to the model and says in a sentence what works or what is wrong. */
export const testConnection: Command = {
  id: 'tandem.testConnection',
  run: reportConnection,
};
