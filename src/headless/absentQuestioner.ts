import type { Questioner } from '../ports/questioner';

/** Replies for a person who is not there, at once. */
export const absentQuestioner: Questioner = {
  ask: async () => ({ kind: 'nobody' }),
};
