import type { ReactElement } from 'react';
import { scopeClass, type CodeLine } from './highlightTokens';
import { VisibleText } from './VisibleText';

/** A line of code in its colours, which hides nothing. */
export function CodeTokens(props: {
  readonly tokens: CodeLine;
  readonly kind: 'code' | 'prose';
}): ReactElement {
  const { tokens, kind } = props;
  return (
    <>
      {tokens.map(({ text, scope }, index) =>
        scope ? (
          <span key={index} className={scopeClass(scope)}>
            <VisibleText kind={kind} text={text} />
          </span>
        ) : (
          <VisibleText key={index} kind={kind} text={text} />
        ),
      )}
    </>
  );
}
