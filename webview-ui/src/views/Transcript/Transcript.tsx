import * as l10n from '@vscode/l10n';
import { useEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import { Button } from '../../components/controls';
import { useModel } from '../../viewContext';
import { Turn } from './Turn';

/** Distance from the end, in pixels, that still counts as being at the end. */
const endSlack = 32;

/** The conversation. It follows its end while the person is there, and waits while they read further up. */
export function Transcript(): ReactElement {
  const turns = useModel(({ thread }) => thread?.turns) ?? [];
  const pending = usePendingPaths();
  const { box, content, atEnd, jump } = useFollowEnd(turns.length);
  return (
    <div className="transcript-frame">
      {/* Announcements are made apart, in whole sentences: a live log would read every token. */}
      <div
        className="transcript"
        role="log"
        aria-label={l10n.t('Transcript')}
        aria-live="off"
        tabIndex={0}
        ref={box}
      >
        <div className="transcript-content" ref={content}>
          {turns.map((turn, index) => (
            <Turn
              key={turn.id}
              turn={turn}
              pending={pending}
              place={index === turns.length - 1 ? 'last' : 'earlier'}
            />
          ))}
        </div>
      </div>
      {!atEnd && (
        <div className="jump">
          <Button icon="arrow-down" onPress={jump}>
            {l10n.t('Jump to latest')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Paths that wait for accept or reject; the same set as long as they are the same paths. */
function usePendingPaths(): ReadonlySet<string> {
  const files = useModel(({ thread }) => thread?.changes.files);
  const joined = (files ?? []).map(({ path }) => path).join('\n');
  return useMemo(() => new Set(joined.split('\n')), [joined]);
}

function useFollowEnd(turnCount: number) {
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const [atEnd, setAtEnd] = useState(true);

  function jump(): void {
    following.current = true;
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }

  useEffect(() => {
    const element = box.current;
    if (!element || !content.current) return;
    const follow = () => {
      if (following.current) element.scrollTop = element.scrollHeight;
    };
    const onScroll = () => {
      const left = element.scrollHeight - element.scrollTop - element.clientHeight;
      following.current = left < endSlack;
      setAtEnd(following.current);
    };
    const sizes = new ResizeObserver(follow);
    sizes.observe(element);
    sizes.observe(content.current);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, []);

  // A new turn is the person's own doing: they want to see it.
  useEffect(jump, [turnCount]);
  return { box, content, atEnd, jump };
}
