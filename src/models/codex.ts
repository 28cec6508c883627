import type { ModelProfile } from '../protocol/modelProfile';
import codexPrompt from './codex.md';
import engineerPrompt from './engineer.md';
import reviewerPrompt from './reviewer.md';

/** Models trained for terminal work (`gpt-*-codex`): terminal tools only, progress through reasoning summaries. */
export const codexProfile: ModelProfile = {
  family: 'codex',
  contextWindow: 272_000,
  efforts: ['low', 'medium', 'high', 'xhigh'],
  tools: [
    'exec_command',
    'write_stdin',
    'apply_patch',
    'update_plan',
    'view_image',
    'request_user_input',
  ],
  patchFormat: 'freeform',
  parallelToolCalls: true,
  preambles: null,
  personality: false,
  reviewInstructions: reviewerPrompt,
  instructions: `${codexPrompt}\n${engineerPrompt}`,
};
