import * as l10n from '@vscode/l10n';
import type { Subscribe } from '../base/emitter';
import { errorMessage } from '../base/errorMessage';
import { profileFor } from '../models';
import type { ThreadEvent } from '../protocol/events';
import type { ThreadId } from '../protocol/ids';
import type { UserInput } from '../protocol/input';
import type { ThreadState, TurnState } from '../protocol/threadState';
import type { ThreadPorts } from './threadPorts';

const longestTitle = 60;

/** A thread's first title: the first line of what the person asked, cut at a word. */
export function titleOf(input: UserInput): string {
  return shorten(input.text.trim().split('\n')[0] ?? '') || l10n.t('New thread');
}

/** What the titler needs of a thread. */
export interface NamedThread {
  readonly id: ThreadId;
  readonly state: ThreadState;
  readonly onEvent: Subscribe<ThreadEvent>;
  rename(title: string): void;
}

/**
 * Asks the model for a title once the first turn is completed, in a small request of its own beside the thread: what
 * the model sees of the thread stays as it is. A title that the person gave stays, and a failure is nobody's business.
 */
export function nameByModel(
  thread: NamedThread,
  ports: Pick<ThreadPorts, 'model' | 'log' | 'asksForTitles'>,
): void {
  const { asksForTitles } = ports;
  if (!asksForTitles) return;
  thread.onEvent(({ type }) => {
    const { turns, title } = thread.state;
    const [turn] = turns;
    if (type !== 'turn.completed' || turns.length !== 1 || !turn) return;
    const said = firstWords(turn);
    if (!said || titleOf(said.input) !== title) return;
    const rename = async () => {
      if (!(await asksForTitles())) return;
      const better = shorten(await askForTitle(thread.id, turn, said, ports));
      if (better && thread.state.title === title) thread.rename(better);
    };
    rename().catch((error: unknown) => {
      ports.log.info(`The thread keeps its first title: ${errorMessage(error)}`);
    });
  });
}

const instructions =
  'You name conversations between a person and a coding agent. Answer with a title of two to six words in the language of the person, as in "Fix slugs of accented titles". No quotes, no full stop, nothing else.';

/** Characters of each side that the model is shown, and how long it may take. */
const limits = { person: 2000, agent: 1000, ms: 20_000 };

interface FirstWords {
  readonly input: UserInput;
  readonly answer: string;
}

async function askForTitle(
  id: ThreadId,
  turn: TurnState,
  { input, answer }: FirstWords,
  { model }: Pick<ThreadPorts, 'model'>,
): Promise<string> {
  const { wireApi } = turn.context;
  const [effort] = profileFor(turn.context.model, wireApi).profile.efforts;
  const text = `<person>\n${input.text.slice(0, limits.person)}\n</person>\n<agent>\n${answer.slice(0, limits.agent)}\n</agent>`;
  const events = model.stream(
    {
      model: turn.context.model,
      instructions,
      input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text }] }],
      tools: [],
      parallelToolCalls: false,
      ...(effort === undefined ? {} : { effort }),
      ...(wireApi === undefined ? {} : { wireApi }),
      promptCacheKey: `${id}-title`,
    },
    AbortSignal.timeout(limits.ms),
  );
  let title = '';
  for await (const event of events) {
    if (event.type === 'textDelta') title += event.text;
  }
  return title.trim().replace(/^["“”'*#\s]+|["“”'*.\s]+$/g, '');
}

function firstWords(turn: TurnState): FirstWords | undefined {
  const message = turn.entries.find((entry) => entry.type === 'userMessage');
  const answer = turn.entries.findLast((entry) => entry.type === 'agentMessage');
  return message && { input: message.input, answer: answer?.text ?? '' };
}

/** The text on one line, cut at a word where it is long. */
function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= longestTitle) return line;
  const cut = line.slice(0, longestTitle);
  const space = cut.lastIndexOf(' ');
  return `${space > longestTitle / 2 ? cut.slice(0, space) : cut}…`;
}
