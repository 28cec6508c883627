import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import type { Question } from '../../../../src/protocol/items';
import { VisibleText } from '../../components/VisibleText';
import type { Choice } from './answers';

/** One question: its options, and room for the person's own words. */
export function QuestionField(props: {
  /** Joins the radio buttons of one question. */
  readonly group: string;
  readonly question: Question;
  readonly choice: Choice;
  readonly onChoice: (choice: Choice) => void;
  readonly onSubmit: () => void;
}): ReactElement {
  const { group, question, choice, onChoice, onSubmit } = props;
  return (
    <fieldset className="question-field">
      <legend>
        {question.header !== '' && (
          <span className="tag">
            <VisibleText kind="code" text={question.header} />
          </span>
        )}{' '}
        <VisibleText kind="code" text={question.question} />
      </legend>
      {question.options.map(({ label, description }, index) => (
        <label key={index} className="question-option">
          <input
            type="radio"
            name={group}
            checked={choice.option === index}
            onChange={() => onChoice({ ...choice, option: index })}
          />
          <span>
            <span className="question-label">
              <VisibleText kind="code" text={label} />
            </span>{' '}
            <span className="muted">
              <VisibleText kind="code" text={description} />
            </span>
          </span>
        </label>
      ))}
      <div className="question-option">
        <input
          type="radio"
          name={group}
          aria-label={l10n.t('In your own words')}
          checked={choice.option === 'own'}
          onChange={() => onChoice({ ...choice, option: 'own' })}
        />
        <input
          type="text"
          className="field"
          aria-label={l10n.t('Your own answer: {0}', question.question)}
          placeholder={l10n.t('In your own words')}
          value={choice.ownWords}
          onChange={(event) => onChoice({ option: 'own', ownWords: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
            event.preventDefault();
            onSubmit();
          }}
        />
      </div>
    </fieldset>
  );
}
