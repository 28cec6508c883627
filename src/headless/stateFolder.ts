import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where threads and contents are stored: `TANDEM_HOME`, or the platform's folder for user data. */
export function stateFolder(env: NodeJS.ProcessEnv): string {
  if (env.TANDEM_HOME) return env.TANDEM_HOME;
  switch (process.platform) {
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Tandem');
    case 'win32':
      return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Tandem');
    default:
      return join(env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'tandem');
  }
}
