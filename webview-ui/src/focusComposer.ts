import { useLayoutEffect, type RefObject } from 'react';

/** Puts the caret into the message box. */
export function focusComposer(): void {
  document.querySelector<HTMLElement>('.composer textarea')?.focus();
}

/**
 * What is answered goes away, and would take the focus with it: the message box has it next.
 * @param card the element that goes away with the component that calls this.
 */
export function useFocusAfter(card: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const { current } = card;
    return () => {
      // Runs while the element is still in the page.
      if (current?.contains(document.activeElement)) focusComposer();
    };
  }, [card]);
}
