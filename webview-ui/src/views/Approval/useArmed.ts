import { useEffect, useState } from 'react';

/** Time before an answer counts, in milliseconds: a click or key meant for something else must not approve. */
const armingMs = 500;

/**
 * True once the same words could be seen for half a second on end; time in which the view is hidden does not count.
 */
export function useArmed(words: string): boolean {
  const [armedFor, setArmedFor] = useState<string | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const arm = () => {
      clearTimeout(timer);
      setArmedFor(null);
      if (document.visibilityState === 'visible') {
        timer = setTimeout(() => setArmedFor(words), armingMs);
      }
    };
    arm();
    document.addEventListener('visibilitychange', arm);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', arm);
    };
  }, [words]);
  return armedFor === words;
}
