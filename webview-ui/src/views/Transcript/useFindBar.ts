import { useCallback, useEffect, useRef, useState } from 'react';

/** Opens the find bar with Ctrl+F or Cmd+F, and gives the focus back when it is closed. */
export function useFindBar(): { readonly open: boolean; readonly close: () => void } {
  const [open, setOpen] = useState(false);
  const cameFrom = useRef<Element | null>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const asked = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      if (!asked || event.key.toLowerCase() !== 'f' || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      const field = document.querySelector<HTMLInputElement>('.find input');
      if (field) {
        field.focus();
        field.select();
        return;
      }
      cameFrom.current = document.activeElement;
      setOpen(true);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  const close = useCallback(() => {
    setOpen(false);
    if (cameFrom.current instanceof HTMLElement) cameFrom.current.focus();
  }, []);
  return { open, close };
}
