import { readConversation, type ModelRequest } from './conversation';
import { nextAnswer, type Job, type Step } from './job';
import { explainProject } from './jobs/explainProject';
import { finishTodo } from './jobs/finishTodo';
import { fixSlug } from './jobs/fixSlug';

const tasks: readonly { readonly asks: RegExp; readonly job: () => Job }[] = [
  { asks: /\bTODO\b.*\bcart\b/i, job: finishTodo },
  { asks: /\bslug\b.*\bfix\b|\bfix\b.*(\bslug\b|\btest\.js\b)/i, job: fixSlug },
  { asks: /\bexplain how this project\b/i, job: explainProject },
];

const anythingElse =
  'This is the scripted demo model, which can only fix `slug`, finish the TODO in the cart and explain how the ' +
  'sample project is built; to connect a real model run the command "Tandem: Set API Key" or set `OPENAI_API_KEY`.';

/** The client asks so when it is to replace the history by a summary. */
const asksForSummary = /\bthread is about to be replaced by a summary\b/;
const summary =
  '## Task\nTrying Tandem on the sample project.\n\n## State of the files\nAs the review in the Changes region shows them.';

/** What the demo model answers: a step with tool calls, or its final message. */
export function answer(request: ModelRequest): Step | string {
  const { task, results } = readConversation(request);
  if (asksForSummary.test(task)) return summary;
  const known = tasks.find(({ asks }) => asks.test(task));
  return known ? nextAnswer(known.job(), results) : anythingElse;
}
