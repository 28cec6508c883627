import { useMemo, useSyncExternalStore } from 'react';
import type { highlightCode } from './highlightCode';
import type { CodeLanguage } from './highlightLanguages';
import type { HighlightLines } from './highlightTokens';

type HighlightCode = typeof highlightCode;

let loaded: HighlightCode | null = null;
let loading = false;
const listeners = new Set<() => void>();

/**
 * Reads code of a language; null without one and until the grammars are there. They are a chunk of their own, asked
 * for by the first code that is drawn; whatever is drawn later has its colours at once.
 */
export function useHighlight(language: CodeLanguage | null): HighlightLines | null {
  const read = useSyncExternalStore(language ? awaitGrammars : awaitNothing, () => loaded);
  return useMemo(
    () => (language && read ? (lines) => read(lines, language) : null),
    [language, read],
  );
}

function awaitGrammars(tell: () => void): () => void {
  listeners.add(tell);
  if (!loaded && !loading) void loadGrammars();
  return () => listeners.delete(tell);
}

function awaitNothing(): () => void {
  return () => undefined;
}

async function loadGrammars(): Promise<void> {
  loading = true;
  try {
    loaded = (await import('./highlightCode')).highlightCode;
    for (const tell of listeners) tell();
  } catch {
    // Code stays plain; the next that is drawn asks again.
  } finally {
    loading = false;
  }
}
