import type { ReactNode } from 'react';
import {
  makeAskedNameVisible,
  makeNameVisible,
  makeVisible,
  revealHidden,
  revealInvisible,
  type VisibleSegment,
} from '../../../src/protocol/visibleText';

const readers = {
  /** What a person decides on: all that deceives, look-alike letters and long gaps too. */
  asked: makeVisible,
  /** A path, a folder or a host that a person decides on. */
  askedName: makeAskedNameVisible,
  /** A path, a file name, a host. */
  name: makeNameVisible,
  /** A command that ran, a line of a file. */
  code: revealInvisible,
  /** Sentences, and what programs print. */
  prose: revealHidden,
} as const;

/** Untrusted text that hides nothing: what cannot be seen is spelled out. */
export function VisibleText(props: {
  readonly text: string;
  /** What kind of text it is; something that is asked where not given. */
  readonly kind?: keyof typeof readers;
}): ReactNode {
  const segments = readers[props.kind ?? 'asked'](props.text);
  if (segments.length === 1 && segments[0]?.kind === 'text') return props.text;
  return segments.map(drawSegment);
}

function drawSegment(segment: VisibleSegment, key: number): ReactNode {
  switch (segment.kind) {
    case 'text':
      return segment.text;
    case 'blank':
      return (
        <span key={key} className="revealed">
          {segment.label}
        </span>
      );
    case 'odd':
      return (
        <bdi key={key}>
          {segment.shown}
          <span className="revealed odd">{segment.label}</span>
        </bdi>
      );
  }
}
