import { runRelay } from './relay';

/** The bundle that is started inside a command's network; its one argument is the folder of the proxy's socket. */
runRelay(process.argv[2] ?? '');
