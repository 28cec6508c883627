import * as z from 'zod';
import { defineTool } from '../agent/tool';

const input = z.object({
  questions: z
    .array(
      z.object({
        id: z.string().min(1).describe('Stable identifier that the answer comes back under.'),
        header: z.string().describe('Short label, 12 characters or fewer.'),
        question: z.string().min(1).describe('The question, in one sentence.'),
        options: z
          .array(
            z.object({
              label: z.string().min(1).describe('What is chosen, 1 to 5 words.'),
              description: z.string().describe('What choosing it means, in one sentence.'),
            }),
          )
          .min(2)
          .max(3)
          .describe(
            'Choices that exclude each other, the recommended one first. No "Other": the person can always answer in their own words.',
          ),
      }),
    )
    .min(1)
    .max(3)
    .describe('One to three questions.'),
});

const nobodyText =
  'Nobody can be asked here. Choose the most reasonable option yourself, say in your answer what you assumed, and go on.';

/** Asks the person what cannot be found out, and waits for the answer. */
export const requestUserInput = defineTool({
  name: 'request_user_input',
  description:
    'Asks the person one to three short questions and waits for the answers. For what changes the result and cannot be found out.',
  input,
  access: () => ({ kind: 'none' }),
  item: ({ questions }) => ({ type: 'question', questions }),
  async run({ questions }, context) {
    const ids = questions.map(({ id }) => id);
    if (new Set(ids).size < ids.length) {
      return { ok: false, modelText: 'request_user_input failed: each question needs its own id.' };
    }
    const reply = await context.askPerson(questions);
    switch (reply.kind) {
      case 'nobody':
        return { ok: true, modelText: nobodyText };
      case 'interrupted':
        return { ok: false, modelText: 'The person stopped the turn before they answered.' };
      case 'answered': {
        // Answers to what was not asked are dropped: the model knows only its own ids.
        const answers = Object.fromEntries(ids.map((id) => [id, reply.answers[id] ?? '']));
        return {
          ok: true,
          modelText: answersText(answers),
          item: { type: 'question', questions, answers },
        };
      }
    }
  },
});

/** The shape models were trained on: a list of answers under each id. */
function answersText(answers: Readonly<Record<string, string>>): string {
  const entries = Object.entries(answers).map(([id, answer]) => {
    return [id, { answers: answer === '' ? [] : [answer] }] as const;
  });
  return JSON.stringify({ answers: Object.fromEntries(entries) });
}
