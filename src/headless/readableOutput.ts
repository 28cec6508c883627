import { writeOutHidden } from '../protocol/visibleText';
import type { Output } from './output';

/**
 * Where text for people goes. A terminal obeys the escape sequences in what a model, a command or a file name says, so
 * they are written out instead, with everything else that nobody would see.
 */
export function readableOutput(output: Output): Output {
  return {
    out: (text) => output.out(writeOutHidden(text)),
    err: (text) => output.err(writeOutHidden(text)),
  };
}
