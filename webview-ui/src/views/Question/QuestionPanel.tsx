import * as l10n from '@vscode/l10n';
import { useRef, useState, type ReactElement } from 'react';
import type { QuestionItem } from '../../../../src/protocol/items';
import { openQuestion } from '../../../../src/protocol/threadState';
import { Button } from '../../components/controls';
import { Icon } from '../../components/Icon';
import { useFocusAfter } from '../../focusComposer';
import { useAct, useModel } from '../../viewContext';
import { noChoice, readAnswers, type Choice } from './answers';
import { QuestionField } from './QuestionField';

/** What the agent asks now. It takes no focus: the person may be in the middle of a sentence. */
export function QuestionPanel(): ReactElement | null {
  const item = useModel(({ thread }) => thread && openQuestion(thread));
  return item ? <QuestionCard key={item.id} item={item} /> : null;
}

function QuestionCard({ item }: { readonly item: QuestionItem }): ReactElement {
  const act = useAct();
  const card = useRef<HTMLDivElement>(null);
  useFocusAfter(card);
  const [choices, setChoices] = useState<Readonly<Record<string, Choice>>>({});
  const answers = readAnswers(item.questions, choices);
  const answer = () => answers && act('question/answer', { itemId: item.id, answers });
  return (
    <div className="approval question" ref={card} role="group" aria-label={l10n.t('Question')}>
      <div className="approval-head">
        <Icon name="question" tone="accent" />
        <strong>
          {item.questions.length > 1 ? l10n.t('The agent has questions') : l10n.t('The agent asks')}
        </strong>
      </div>
      <div className="approval-body">
        {item.questions.map((question) => (
          <QuestionField
            key={question.id}
            group={`${item.id} ${question.id}`}
            question={question}
            choice={choices[question.id] ?? noChoice}
            onChoice={(choice) => setChoices({ ...choices, [question.id]: choice })}
            onSubmit={answer}
          />
        ))}
      </div>
      <div className="approval-buttons">
        <Button look="primary" disabled={!answers} onPress={answer}>
          {l10n.t('Answer')}
        </Button>
      </div>
    </div>
  );
}
