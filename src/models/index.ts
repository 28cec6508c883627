import type { ModelChoice } from '../protocol/viewProtocol';

/** The model of a fresh install: the newest one whose trained tools are ours. */
export const defaultModel = 'gpt-5.5';

/** Models a person can choose in the view. */
export function modelChoices(): readonly ModelChoice[] {
  return [
    {
      id: defaultModel,
      label: 'gpt-5.5',
      efforts: ['low', 'medium', 'high', 'xhigh'],
      contextWindow: 272_000,
    },
  ];
}
