import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';

/** Distance from the end, in pixels, that still counts as being at the end. */
const endSlack = 32;

/** So long after something changed its height, in milliseconds, scrolling may be the browser's own doing. */
const settleMs = 100;

/** So long after they touched wheel, key or pointer, in milliseconds, scrolling is the person's doing. */
const intentMs = 1000;

/** What grows in so many frames after a press is what the person opened. */
const openFrames = 5;

export interface FollowEnd {
  /** True where the end is in sight. */
  readonly atEnd: boolean;
  /** Goes to the end, and follows it. */
  readonly jump: () => void;
  /** Stays where it is, whatever comes. */
  readonly leave: () => void;
}

/**
 * Keeps the end of what grows in `box` in sight while the person is there, and lets them be while they read further up.
 * @param turnCount a new turn is the person's own doing: they want to see it.
 */
export function useFollowEnd(box: RefObject<HTMLElement | null>, turnCount: number): FollowEnd {
  const following = useRef(true);
  const [atEnd, setAtEnd] = useState(true);

  const jump = useCallback(() => {
    following.current = true;
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [box]);
  const leave = useCallback(() => {
    following.current = false;
  }, []);

  useEffect(() => {
    const element = box.current;
    const content = element?.firstElementChild;
    if (!element || !content) return;
    let lastTop = element.scrollTop;
    let resizedAt = 0;
    let known = '';
    let touchedAt = -intentMs;
    let opening = 0;

    const follow = () => {
      resizedAt = performance.now();
      known = size();
      // What they opened stays under their pointer.
      if (opening > 0) measure();
      else if (following.current) element.scrollTop = element.scrollHeight;
    };
    const measure = () => {
      following.current = distance() < endSlack;
      setAtEnd(following.current);
    };
    const size = () => `${element.clientHeight} ${element.scrollHeight}`;
    const distance = () => element.scrollHeight - element.scrollTop - element.clientHeight;
    const press = ({ target }: Event) => {
      const opens = target instanceof Element && target.closest('[aria-expanded], .more');
      if (!opens) return;
      if (opening === 0) requestAnimationFrame(count);
      opening = openFrames;
    };
    const count = () => {
      opening -= 1;
      if (opening > 0) requestAnimationFrame(count);
    };
    const touch = () => (touchedAt = performance.now());
    const onScroll = () => {
      const top = element.scrollTop;
      const left = distance();
      const now = performance.now();
      // A size that nobody has told yet is why it scrolls, as where a menu opens below.
      const settled = size() === known && now - resizedAt > settleMs;
      const wanted = now - touchedAt < intentMs || settled;
      if (left < endSlack) following.current = true;
      else if (top < lastTop && wanted) following.current = false;
      lastTop = top;
      setAtEnd(following.current || left < endSlack);
    };
    const sizes = new ResizeObserver(follow);
    sizes.observe(element);
    sizes.observe(content);
    element.addEventListener('scroll', onScroll, { passive: true });
    const touches = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;
    for (const type of touches) element.addEventListener(type, touch, { passive: true });
    // Also where a key pressed it.
    element.addEventListener('click', press);
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', onScroll);
      for (const type of touches) element.removeEventListener(type, touch);
      element.removeEventListener('click', press);
    };
  }, [box]);

  useEffect(jump, [jump, turnCount]);
  return { atEnd, jump, leave };
}
