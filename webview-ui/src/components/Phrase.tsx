import { Fragment, type ReactElement, type ReactNode } from 'react';

/** A text of the page's language with elements, not only words, in the places of its `{0}` and `{1}`. */
export function Phrase(props: {
  /** Looked up without arguments, so that the places are still in it. */
  readonly text: string;
  readonly parts: readonly ReactNode[];
}): ReactElement {
  return (
    <>
      {props.text.split(/\{(\d+)\}/).map((piece, index) => (
        // Every second piece is the number of a place.
        <Fragment key={index}>{index % 2 === 1 ? props.parts[Number(piece)] : piece}</Fragment>
      ))}
    </>
  );
}
