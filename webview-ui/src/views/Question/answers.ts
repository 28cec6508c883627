import type { Question } from '../../../../src/protocol/items';

/** What is chosen for one question: an option by its place, the person's own words, or nothing yet. */
export interface Choice {
  readonly option: number | 'own' | null;
  readonly ownWords: string;
}

export const noChoice: Choice = { option: null, ownWords: '' };

/** Answers by question id; null while one of the questions has none. */
export function readAnswers(
  questions: readonly Question[],
  choices: Readonly<Record<string, Choice>>,
): Readonly<Record<string, string>> | null {
  const answers: Record<string, string> = {};
  for (const question of questions) {
    const { option, ownWords } = choices[question.id] ?? noChoice;
    const answer =
      option === 'own' ? ownWords.trim() : option !== null && question.options[option]?.label;
    if (!answer) return null;
    answers[question.id] = answer;
  }
  return answers;
}
