const begin = '<think>';
const end = '</think>';

/** What a piece of a message turned out to be. */
export interface SplitPiece {
  readonly reasoning: string;
  readonly text: string;
}

/**
 * Takes the thinking out of a message that begins with `<think>…</think>`, as many local servers send what their
 * models write. The tags may come in pieces; what could still become one is held back.
 */
export class ThinkTags {
  private state: 'start' | 'thinking' | 'text' = 'start';
  private held = '';

  /** Takes the next piece; with `last` nothing is held back any more. */
  split(piece: string, last = false): SplitPiece {
    if (this.state === 'text') return { reasoning: '', text: piece };
    this.held += piece;
    if (this.state === 'start') {
      const opening = this.held.trimStart();
      if (!last && opening.length < begin.length && begin.startsWith(opening)) return nothing;
      if (!opening.startsWith(begin)) return this.release();
      this.state = 'thinking';
      this.held = opening.slice(begin.length);
    }
    return this.think(last);
  }

  private think(last: boolean): SplitPiece {
    const at = this.held.indexOf(end);
    if (at >= 0) {
      const reasoning = this.held.slice(0, at);
      this.held = this.held.slice(at + end.length);
      return { ...this.release(), reasoning };
    }
    const kept = last ? 0 : openTagLength(this.held);
    const reasoning = this.held.slice(0, this.held.length - kept);
    this.held = this.held.slice(this.held.length - kept);
    return { reasoning, text: '' };
  }

  private release(): SplitPiece {
    const text = this.held;
    this.held = '';
    this.state = 'text';
    return { reasoning: '', text };
  }
}

const nothing: SplitPiece = { reasoning: '', text: '' };

/** How many characters at the end may begin the closing tag. */
function openTagLength(text: string): number {
  for (let length = end.length - 1; length > 0; length--) {
    if (text.endsWith(end.slice(0, length))) return length;
  }
  return 0;
}
