import type { ModelProfile } from '../protocol/modelProfile';
import engineerPrompt from './engineer.md';
import mainlinePrompt from './mainline.md';
import preamblePrompt from './preambles.md';
import reviewerPrompt from './reviewer.md';

/** General models (`gpt-5*`, `gpt-6*` and later): the terminal tools plus `rg`, preambles, personality. */
export const mainlineProfile: ModelProfile = {
  family: 'mainline',
  contextWindow: 272_000,
  efforts: ['minimal', 'low', 'medium', 'high', 'xhigh'],
  tools: [
    'exec_command',
    'write_stdin',
    'apply_patch',
    'update_plan',
    'view_image',
    'request_user_input',
    'rg',
  ],
  patchFormat: 'freeform',
  parallelToolCalls: true,
  preambles: preamblePrompt,
  personality: true,
  reviewInstructions: reviewerPrompt,
  instructions: `${mainlinePrompt}\n${engineerPrompt}`,
};
