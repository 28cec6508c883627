import * as z from 'zod';
import { defineTool } from '../agent/tool';

const input = z.object({
  explanation: z.string().optional(),
  plan: z
    .array(
      z.object({
        step: z.string(),
        status: z
          .enum(['pending', 'in_progress', 'completed'])
          .describe('At most one step is in_progress.'),
      }),
    )
    .describe('The list of steps.'),
});

/** Shows the plan of the work; each call replaces the plan before it. */
export const updatePlan = defineTool({
  name: 'update_plan',
  description:
    'Updates the plan of the work. Give an optional explanation and the list of steps, each with a status. At most one step can be in_progress at a time.',
  input,
  access: () => ({ kind: 'none' }),
  item: () => null,
  async run({ plan, explanation }, context) {
    if (plan.filter((step) => step.status === 'in_progress').length > 1) {
      return { ok: false, modelText: 'update_plan failed: at most one step can be in_progress.' };
    }
    context.showPlan({ steps: plan, ...(explanation === undefined ? {} : { explanation }) });
    return { ok: true, modelText: 'Plan updated' };
  },
});
