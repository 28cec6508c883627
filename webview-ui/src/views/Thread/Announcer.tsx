import { useEffect, useState, type ReactElement } from 'react';
import type { ThreadState } from '../../../../src/protocol/threadState';
import { useView } from '../../viewContext';
import { announce } from './announcements';

/** Least time between two announcements, in milliseconds, so that one is not cut off by the next. */
const pauseMs = 1000;

/** The live region: speaks whole sentences, politely, and not too often. */
export function Announcer(): ReactElement {
  const { threads } = useView();
  const [spoken, setSpoken] = useState({ count: 0, text: '' });
  useEffect(() => {
    let before: ThreadState | null = threads.get().thread;
    let waiting: string[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = threads.subscribe(() => {
      const after = threads.get().thread;
      if (after === before) return;
      waiting.push(...announce(before, after));
      before = after;
      if (waiting.length === 0) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        const text = waiting.join(' ');
        setSpoken(({ count }) => ({ count: count + 1, text }));
        waiting = [];
      }, pauseMs);
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [threads]);
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {/* An element of its own each time: the same words, said again, are spoken again. */}
      <span key={spoken.count}>{spoken.text}</span>
    </div>
  );
}
