import { answerTexts } from '../protocol/commentMentions';
import type { CommentAnswer } from '../protocol/comments';
import type { TurnEnvironment } from './turnEnvironment';

/**
 * What a final message answers: the comments it names, and those told in this turn whose lines changed (`changed`).
 * Where the person said nothing but comments, and the message names none, all of it answers them: models forget.
 */
export function findAnswers(
  turn: TurnEnvironment,
  text: string,
  changed: ReadonlySet<string>,
): readonly CommentAnswer[] {
  const { comments } = turn.state();
  const told = comments.filter(({ state }) => state === 'sent' || state === 'answered');
  if (told.length === 0) return [];
  const named = answerTexts(text, new Set(told.map(({ id }) => id)));
  const texts = new Map(named.map(({ id, text: words }) => [id, words]));
  if (named.length === 0 && saidOnlyComments(turn)) {
    const here = told.filter(
      ({ sentIn, state }) => sentIn?.turnId === turn.turnId && state === 'sent',
    );
    for (const { id } of here) texts.set(id, text.trim());
  }
  return told.flatMap(({ id }): CommentAnswer[] => {
    const words = texts.get(id);
    if (words === undefined && !changed.has(id)) return [];
    return [{ commentId: id, text: words ?? '', ...(changed.has(id) ? { changed: true } : {}) }];
  });
}

function saidOnlyComments(turn: TurnEnvironment): boolean {
  return turn
    .entries()
    .every((entry) => entry.type !== 'userMessage' || entry.input.text.trim() === '');
}
