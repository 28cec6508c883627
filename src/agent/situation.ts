import { inEnglish } from '../base/language';
import { contextParts, type ContextPart } from './contextParts';
import type { TurnEnvironment } from './turnEnvironment';

/** Everything the model is to know about its situation, as it is now. */
export async function readContextParts(turn: TurnEnvironment): Promise<ContextPart[]> {
  const [instructionFiles] = await Promise.all([
    turn.instructionFiles.read(turn.context.cwd),
    turn.sandbox.check(),
  ]);
  const { unavailable } = turn.sandbox;
  return contextParts({
    context: turn.context,
    profile: turn.profile,
    instructionFiles,
    shellName: turn.terminals.shellName,
    sandboxUnavailable: unavailable && inEnglish(unavailable),
    date: turn.clock.today(),
    timeZone: turn.clock.timeZone(),
  });
}
