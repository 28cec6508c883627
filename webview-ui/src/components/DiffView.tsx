import { memo, useState, type ReactElement } from 'react';
import { countOf } from '../format';
import type { DiffLine } from './diffLines';

const signs = { added: '+', removed: '-', context: ' ', gap: ' ' } as const;

/** Lines shown before the person asks for the rest. */
const firstLines = 16;

/** A small diff: colour and sign on every line, long ones cut until asked. */
export const DiffView = memo(function DiffView(props: {
  readonly lines: readonly DiffLine[];
}): ReactElement {
  const [whole, setWhole] = useState(false);
  const { lines } = props;
  // A cut that would save two lines only costs a click.
  const cut = !whole && lines.length > firstLines + 2;
  const shown = cut ? lines.slice(0, firstLines) : lines;
  return (
    <div className="diff">
      <div className="diff-lines" tabIndex={0} role="group" aria-label="Changed lines">
        <div className="diff-table">
          {shown.map((line, index) => (
            <div key={index} className={`diff-line ${line.kind}`}>
              <span className="diff-sign">{signs[line.kind]}</span>
              <span>{line.text}</span>
            </div>
          ))}
        </div>
      </div>
      {cut && (
        <button type="button" className="more" onClick={() => setWhole(true)}>
          Show {countOf(lines.length - firstLines, 'more line')}
        </button>
      )}
    </div>
  );
});
