/** Where an operating system command (OSC) begins, or may begin with what comes next. */
const opening = /\x1b[\x00-\x17\x19\x1c-\x1f\x7f]*(?:\]|$)|\x9d/;
/** What a terminal passes over inside of a sequence. */
const ignored = /[\x00-\x06\x08-\x17\x19\x1c-\x1f\x7f]/g;
/** What ends an operating system command. An escape ends it too, and begins what follows. */
const ending = /[\x07\x18\x1a\x1b\x9c]/;
/** What is held longer than this is mostly padding. */
const longestHeld = 64;

/**
 * Takes out of a command's output what would write the person's clipboard or read it (OSC 52), also where it comes in
 * pieces or is written oddly; everything else stays, byte by byte.
 */
export class ClipboardFilter {
  /** What may turn out to be the beginning of such a sequence. */
  private held = '';
  /** True inside of one. */
  private dropping = false;

  filter(text: string): string {
    let rest = this.held + text;
    this.held = '';
    let kept = '';
    while (rest !== '') {
      if (this.dropping) {
        const end = ending.exec(rest);
        if (!end) return kept;
        this.dropping = false;
        rest = rest.slice(end[0] === '\x1b' ? end.index : end.index + 1);
        continue;
      }
      const start = opening.exec(rest);
      if (!start) return kept + rest;
      const after = start.index + start[0].length;
      const number =
        /^[0-9\x00-\x06\x08-\x17\x19\x1c-\x1f\x7f]*/.exec(rest.slice(after))?.[0] ?? '';
      const next = after + number.length;
      kept += rest.slice(0, start.index);
      if (next === rest.length) {
        const begun = rest.slice(start.index);
        this.held = begun.length > longestHeld ? withoutPadding(begun) : begun;
        return kept;
      }
      this.dropping = /^0*52$/.test(number.replace(ignored, ''));
      if (!this.dropping) kept += rest.slice(start.index, next);
      rest = rest.slice(next);
    }
    return kept;
  }
}

/** The same beginning without what a terminal passes over, so that nothing grows by it. */
function withoutPadding(begun: string): string {
  const plain = begun.replace(ignored, '').replace(/(?<=[\]\x9d])0+(?=\d)/, '');
  // No command has a number this long, so it never ends as the one that is looked for.
  return plain.slice(0, longestHeld);
}
