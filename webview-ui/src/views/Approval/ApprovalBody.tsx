import * as l10n from '@vscode/l10n';
import { useEffect, useRef, useState, type ReactElement, type ReactNode } from 'react';

/** What is asked, whole: what does not fit scrolls, and is said to be there. */
export function ApprovalBody({ children }: { readonly children: ReactNode }): ReactElement {
  const body = useRef<HTMLDivElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const [more, setMore] = useState(false);
  useEffect(() => {
    if (!end.current) return;
    const observer = new IntersectionObserver(
      ([entry]) => setMore(entry !== undefined && !entry.isIntersecting),
      { root: body.current },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, []);
  return (
    <>
      <div
        className="approval-body"
        ref={body}
        tabIndex={0}
        role="group"
        aria-label={l10n.t('What it asks for')}
      >
        {children}
        <div className="approval-end" ref={end} />
      </div>
      {more && (
        <button
          type="button"
          className="more approval-more"
          onClick={() => body.current?.scrollBy({ top: body.current.clientHeight * 0.8 })}
        >
          {l10n.t('More below: scroll to read all of it')}
        </button>
      )}
    </>
  );
}
