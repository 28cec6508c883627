import type { Redactor } from '../adapters/log/redactor';
import type { Output } from './output';

/** An output on which no secret that is known by its value is ever written, in whatever form. */
export function redactedOutput(output: Output, redactor: Redactor): Output {
  return {
    out: (text) => output.out(redactor.redactKnown(text)),
    err: (text) => output.err(redactor.redactKnown(text)),
  };
}
