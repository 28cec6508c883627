import {
  closeAfter,
  customCall,
  delivered,
  dropAfter,
  functionCall,
  httpError,
  message,
  reasoning,
  respond,
  withUsage,
  type ScriptedRequest,
  type Step,
} from '../support/scriptedServer';

/** More than nine tenths of what the model can read, so that the agent summarises the history. */
const full = { inputTokens: 250_000, cachedInputTokens: 240_000, outputTokens: 500 };
const stepsPerTurn = 6;

/** A model that works without end: each turn is a few steps long and differs from the last, and the network is poor. */
export class SoakModel {
  /** Requests so far. */
  requests = 0;
  /** Requests whose answer was cut off or refused. */
  cuts = 0;
  /** Summaries of a history that were written. */
  summaries = 0;

  /** What it says next. */
  answer({ body }: ScriptedRequest): Step {
    const number = ++this.requests;
    const cut = poorNetwork(number);
    if (cut) {
      this.cuts += 1;
      return cut;
    }
    const isSummary = Array.isArray(body.tools) && body.tools.length === 0;
    if (isSummary) {
      this.summaries += 1;
      return respond(message(`## Task\nWork without end. Summary ${this.summaries}.`));
    }
    const lastInput = body.input.findLastIndex((item) => 'role' in item && item.role === 'user');
    const outputs = body.input.slice(lastInput).filter(({ type }) => type?.endsWith('_output'));
    const step =
      outputs.length >= stepsPerTurn
        ? respond(message(`Turn done after request ${number}.`))
        : callStep(number);
    return number % 47 === 0 ? withUsage(step, full) : step;
  }
}

function poorNetwork(number: number): Step | undefined {
  if (number % 41 === 0) return dropAfter(4);
  if (number % 59 === 0) return closeAfter(3);
  if (number % 83 === 0) return httpError(503, { error: { message: 'Overloaded.' } });
  return undefined;
}

type RespondStep = ReturnType<typeof respond>;

function callStep(number: number): RespondStep {
  const id = `c${number}`;
  const run = (cmd: string) => functionCall('exec_command', { cmd }, id);
  switch (number % 6) {
    case 0:
      return respond(reasoning('Thinking.'), run('ls -la'));
    case 1:
      return respond(run(`echo ${number} >> log.txt`));
    case 2: {
      const file = `made${number % 20}.txt`;
      const patch = `*** Begin Patch\n*** Add File: ${file}\n+number ${number}\n*** End Patch`;
      return respond(message('Writing.'), customCall('apply_patch', patch, id));
    }
    case 3:
      return respond(run('seq 1 2000; rm -f made1*.txt'));
    case 4:
      return delivered(respond(run('grep -rn number .')), { chunkBytes: 97 });
    default:
      return respond(run('false'));
  }
}
