import type { TurnContext } from '../../src/protocol/turnContext';

/** The settings of a turn that may do everything unasked. */
export function sampleContext(cwd: string, changes: Partial<TurnContext> = {}): TurnContext {
  return {
    model: 'gpt-5.5',
    effort: 'medium',
    mode: 'agent',
    approvalPolicy: 'never',
    sandboxMode: 'full-access',
    personality: 'pragmatic',
    preambles: true,
    cwd,
    ...changes,
  };
}
