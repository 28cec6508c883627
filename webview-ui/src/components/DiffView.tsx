import * as l10n from '@vscode/l10n';
import { memo, useMemo, type ReactElement } from 'react';
import { moreLinesWords } from '../format';
import { CodeTokens } from './CodeTokens';
import type { DiffLine } from './diffLines';
import { highlightDiff } from './highlightDiff';
import { languageOfPath } from './highlightLanguages';
import { useHighlight } from './useHighlight';
import { useRemembered } from './useRemembered';

const signs = { added: '+', removed: '-', context: ' ', gap: ' ' } as const;

/** Lines shown before the person asks for the rest. */
const firstLines = 16;

/** A small diff: colour and sign on every line, the colours of its language, long ones cut until asked. */
export const DiffView = memo(function DiffView(props: {
  readonly lines: readonly DiffLine[];
  /** Of the file, for the colours of its language. */
  readonly path: string;
  /** Under which it is remembered, out of sight, whether all of it is shown. */
  readonly memory?: string;
}): ReactElement {
  const { lines, path, memory } = props;
  const [whole, setWhole] = useRemembered(memory, false);
  // A cut that would save two lines only costs a click.
  const cut = !whole && lines.length > firstLines + 2;
  const shown = useMemo(() => (cut ? lines.slice(0, firstLines) : lines), [cut, lines]);
  const highlight = useHighlight(languageOfPath(path));
  const tokens = useMemo(() => highlightDiff(shown, highlight), [shown, highlight]);
  return (
    <div className="diff">
      <div className="diff-lines" tabIndex={0} role="group" aria-label={l10n.t('Changed lines')}>
        <div className="diff-table">
          {shown.map((line, index) => (
            <div key={index} className={`diff-line ${line.kind}`}>
              <span className="diff-sign">{signs[line.kind]}</span>
              <span>
                <CodeTokens kind="code" tokens={tokens[index] ?? [line]} />
              </span>
            </div>
          ))}
        </div>
      </div>
      {cut && (
        <button type="button" className="more" onClick={() => setWhole(true)}>
          {moreLinesWords(lines.length - firstLines)}
        </button>
      )}
    </div>
  );
});
