import { cutOut, redactPatterns } from '../../base/secretPatterns';
import { secretForms } from './secretForms';

/** A message is cut there: what is longer is content, which belongs into no log. */
const maxCharacters = 64 * 1024;
/** Longer than anything that is taken out, so that nothing is cut in two before it is found. */
const overlap = 16 * 1024;

/**
 * Takes secrets out of what is written to a log, a terminal or an error text: those that are known in every form they
 * may take, then all that looks like one.
 */
export class Redactor {
  private readonly secrets = new Set<string>();
  private forms: readonly string[] = [];
  private pattern: RegExp | undefined;

  /** @param secrets values that must never be written; short and empty ones say nothing and are passed over. */
  constructor(secrets: Iterable<string | undefined> = []) {
    for (const secret of secrets) this.know(secret);
  }

  /** Remembers one more value that must never be written. */
  know(secret: string | undefined): void {
    const value = secret?.trim();
    if (!value || this.secrets.has(value)) return;
    this.secrets.add(value);
    const all = new Set([...this.forms, ...secretForms(value)]);
    this.forms = [...all].sort((a, b) => b.length - a.length);
    this.pattern = undefined;
  }

  /** The text without secrets. */
  redact(text: string): string {
    const most = maxCharacters + overlap;
    const clean = redactPatterns(this.redactKnown(text.slice(0, most)));
    // The end of a longer text may be the beginning of a secret, so it goes whatever it is.
    const sure = text.length > most ? clean.length - overlap : clean.length;
    const end = Math.min(sure, maxCharacters);
    return end < clean.length ? `${clean.slice(0, Math.max(0, end))}${cutOut}` : clean;
  }

  /** The text without the known secrets only; of any length. */
  redactKnown(text: string): string {
    if (this.forms.length === 0) return text;
    this.pattern ??= new RegExp(this.forms.map(escaped).join('|'), 'g');
    return text.replace(this.pattern, cutOut);
  }

  /** Takes known secrets out of a text that comes in pieces; `write` gets all but what may be the start of one. */
  stream(write: (text: string) => void): RedactedStream {
    let held = '';
    return {
      write: (chunk) => {
        const text = this.redactKnown(held + chunk);
        const keep = this.unfinished(text);
        held = text.slice(text.length - keep);
        if (text.length > keep) write(text.slice(0, text.length - keep));
      },
      end: () => {
        if (held !== '') write(held);
        held = '';
      },
    };
  }

  /** How many characters at the end may be the beginning of a known secret. */
  private unfinished(text: string): number {
    const longest = Math.min(text.length, (this.forms[0]?.length ?? 1) - 1);
    for (let length = longest; length > 0; length -= 1) {
      const end = text.slice(-length);
      if (this.forms.some((form) => form.length > length && form.startsWith(end))) return length;
    }
    return 0;
  }
}

/** A way out that holds back what may be a secret until more is known. */
export interface RedactedStream {
  write(text: string): void;
  /** Writes what was held back. */
  end(): void;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
