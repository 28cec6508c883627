import type { ModelProfile } from '../protocol/modelProfile';
import engineerPrompt from './engineer.md';
import genericPrompt from './generic.md';
import preamblePrompt from './preambles.md';
import reviewerPrompt from './reviewer.md';

/** Any other model: the same tools as plain function calls, one at a time. */
export const genericProfile: ModelProfile = {
  family: 'generic',
  contextWindow: 128_000,
  efforts: [],
  tools: [
    'exec_command',
    'write_stdin',
    'apply_patch',
    'update_plan',
    'view_image',
    'request_user_input',
    'rg',
  ],
  patchFormat: 'function',
  parallelToolCalls: false,
  preambles: preamblePrompt,
  personality: true,
  reviewInstructions: reviewerPrompt,
  instructions: `${genericPrompt}\n${engineerPrompt}`,
};
