import { runLoopbackHolder } from './loopbackHolder';

/** The bundle that is started inside a network namespace of its own. */
runLoopbackHolder();
