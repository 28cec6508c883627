import { lazy, memo, Suspense, useMemo, type ReactElement } from 'react';
import { splitMarkdown } from './markdownBlocks';

/** Markdown is its own chunk: the first paint shows the plain text. */
const MarkdownBlock = lazy(() =>
  import('./MarkdownBlock').then((module) => ({ default: module.MarkdownBlock })),
);

/** The agent's words. While they grow only their last part is read and drawn anew. */
export const Prose = memo(function Prose(props: { readonly text: string }): ReactElement {
  const blocks = useMemo(() => splitMarkdown(props.text), [props.text]);
  return (
    <div className="prose">
      {blocks.map((block, index) => (
        <Suspense key={index} fallback={<p className="plain">{block}</p>}>
          <MarkdownBlock text={block} />
        </Suspense>
      ))}
    </div>
  );
});
