import * as z from 'zod';

const finding = z.object({
  title: z.string(),
  body: z.string(),
  priority: z.int(),
  confidence_score: z.number(),
  code_location: z.object({
    absolute_file_path: z.string(),
    line_range: z.object({ start: z.int(), end: z.int() }),
  }),
});

const answer = z.object({
  findings: z.array(finding),
  overall_correctness: z.enum(['patch is correct', 'patch is incorrect']),
  overall_explanation: z.string(),
  overall_confidence_score: z.number(),
});

/** What a reviewer answers; the shape that models of the field are trained to answer reviews in. */
export type ReviewAnswer = z.infer<typeof answer>;
export type AnsweredFinding = ReviewAnswer['findings'][number];

/** The same for the server, which holds the model to it. Its strict mode knows no bounds of numbers. */
export const reviewAnswerSchema: Readonly<Record<string, unknown>> = objectOf({
  findings: {
    type: 'array',
    items: objectOf({
      title: { type: 'string' },
      body: { type: 'string' },
      priority: { type: 'integer', enum: [0, 1, 2, 3] },
      confidence_score: { type: 'number' },
      code_location: objectOf({
        absolute_file_path: { type: 'string' },
        line_range: objectOf({ start: { type: 'integer' }, end: { type: 'integer' } }),
      }),
    }),
  },
  overall_correctness: { type: 'string', enum: ['patch is correct', 'patch is incorrect'] },
  overall_explanation: { type: 'string' },
  overall_confidence_score: { type: 'number' },
});

function objectOf(properties: Readonly<Record<string, unknown>>) {
  return {
    type: 'object',
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  };
}

/** Reads an answer, also one with a fence or words around it. The problem is told as a sentence for the model. */
export function readReviewAnswer(
  text: string,
): { readonly answer: ReviewAnswer } | { readonly problem: string } {
  const json = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { problem: 'It is not a JSON object.' };
  }
  const read = answer.safeParse(value);
  if (read.success) return { answer: read.data };
  return { problem: `It does not have the shape asked for: ${z.prettifyError(read.error)}` };
}
