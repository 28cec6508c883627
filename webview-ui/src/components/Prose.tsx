import * as l10n from '@vscode/l10n';
import { lazy, memo, Suspense, useMemo, useState, type ReactElement } from 'react';
import { formatNumber } from '../format';
import { splitMarkdown } from './markdownBlocks';

/** Markdown is its own chunk: the first paint shows the plain text. */
const MarkdownBlock = lazy(() =>
  import('./MarkdownBlock').then((module) => ({ default: module.MarkdownBlock })),
);

/** Characters drawn before the person asks for more, and with each time they do: nobody reads more at once. */
const shownChars = 150_000;

/** The agent's words. While they grow only their last part is read and drawn anew. */
export const Prose = memo(function Prose(props: { readonly text: string }): ReactElement {
  const [limit, setLimit] = useState(shownChars);
  const shown = props.text.slice(0, limit);
  const left = props.text.length - shown.length;
  const blocks = useMemo(() => splitMarkdown(shown), [shown]);
  return (
    <div className="prose">
      {blocks.map((block, index) => (
        <Suspense key={index} fallback={<p className="plain">{block}</p>}>
          <MarkdownBlock text={block} />
        </Suspense>
      ))}
      {left > 0 && (
        <button type="button" className="more" onClick={() => setLimit(limit + shownChars)}>
          {left === 1
            ? l10n.t('Show more (1 character left)')
            : l10n.t('Show more ({0} characters left)', formatNumber(left))}
        </button>
      )}
    </div>
  );
});
