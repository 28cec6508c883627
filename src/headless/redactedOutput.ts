import type { Redactor } from '../adapters/log/redactor';
import type { Output } from './output';

/** An output that holds back what may be the beginning of a secret, until more is known. */
export interface RedactedOutput extends Output {
  /** Writes what was held back. */
  end(): void;
}

/** An output on which no secret that is known by its value is ever written, in whatever form and pieces. */
export function redactedOutput(output: Output, redactor: Redactor): RedactedOutput {
  const out = redactor.stream((text) => output.out(text));
  const err = redactor.stream((text) => output.err(text));
  return {
    out: (text) => out.write(text),
    err: (text) => err.write(text),
    end() {
      out.end();
      err.end();
    },
  };
}
