import type { UserInput } from '../../../../src/protocol/input';
import { inputProblem } from '../../../../src/protocol/inputLimits';
import { useView } from '../../viewContext';
import { commandProblem, typedCommand } from './typedCommand';

/** True where there is nothing to send. Attachments may be all that a person says, as a picture of an error is. */
export function saysNothing({ text, attachments }: UserInput): boolean {
  return text.trim() === '' && attachments.length === 0;
}

export type SendRequest = 'turn/start' | 'turn/steer' | 'turn/queue';

export interface SendOptions {
  readonly running: boolean;
  /** True where something is in the way of a turn; commands that need none go on. */
  readonly blocked: boolean;
  readonly showStatus: () => void;
  /** Resolves when what was mentioned is attached. */
  readonly attached: () => Promise<unknown>;
}

/** Sends the draft, or does what it stands for; what could not be sent is given back. */
export function useSend(
  options: SendOptions,
): (request: SendRequest, said?: UserInput) => Promise<void> {
  const { connection, drafts, threads } = useView();
  return async (request, said) => {
    await options.attached();
    const draft = said ?? drafts.get();
    const input = { ...draft, text: draft.text.trim() };
    const command = typedCommand(input);
    if (saysNothing(input) || (options.blocked && !command?.isLocal)) return;
    const problem = command ? undefined : (commandProblem(input) ?? inputProblem(input));
    if (problem !== undefined) return threads.report(problem);
    drafts.replace({ text: '', attachments: command?.keepsAttachments ? input.attachments : [] });
    try {
      if (command) await command.run({ connection, ...options });
      else await connection.request(request, { input });
      threads.report(null);
    } catch (error) {
      threads.reportError(error);
      // Nothing the person wrote is lost, unless they have begun something new.
      if (drafts.get().text === '') drafts.replace(input);
    }
  };
}
