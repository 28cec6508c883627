import type { ReactElement } from 'react';
import { makeVisible } from './makeVisible';

/** Text that hides nothing: invisible and deceiving characters are spelled out, long gaps are counted. */
export function VisibleText(props: { readonly text: string }): ReactElement {
  return (
    <>
      {makeVisible(props.text).map((segment, index) => {
        if (segment.kind === 'text') return segment.text;
        if (segment.kind === 'blank') {
          return (
            <span key={index} className="revealed">
              {segment.label}
            </span>
          );
        }
        return (
          <bdi key={index}>
            {segment.shown}
            <span className="revealed odd">{segment.label}</span>
          </bdi>
        );
      })}
    </>
  );
}
