/** The model of a fresh install: the newest one whose trained tools are ours. */
export const defaultModel = 'gpt-5.5';
