import * as l10n from '@vscode/l10n';
import type { Verdict } from '../policy/decide';
import { callText } from './distinctCalls';
import type { CallItem } from './history';

/** From this many failures of one call in a row the model is told so. */
export const hintAfter = 5;
/** After this many a person is asked before the same call runs again. */
export const stopAfter = 10;

/** The model keeps making a call that fails, and no person lets it go on. */
export class LoopError extends Error {
  override readonly name = 'LoopError';
  constructor() {
    super(
      l10n.t(
        'The model made the same failing call {0} times in a row, so the turn was stopped. Say what it should do instead, or fix what the call fails at.',
        stopAfter,
      ),
    );
  }
}

/** Notices when a turn makes the same failing call again and again. */
export class LoopBreaker {
  private last = '';
  private failures = 0;

  /** True where the next run of this call needs a person. */
  isStuck(call: CallItem): boolean {
    return this.failures >= stopAfter && callText(call) === this.last;
  }

  /** What the policy said, or a question where the call is stuck. A refusal stays one. */
  review(call: CallItem, verdict: Verdict): Verdict {
    if (!this.isStuck(call) || verdict.kind === 'deny') return verdict;
    const reason = l10n.t('the same call failed {0} times in a row', this.failures);
    return {
      kind: 'ask',
      reasons: verdict.kind === 'ask' ? [...verdict.reasons, reason] : [reason],
    };
  }

  /** A person wants it to go on: counting begins anew. */
  forgive(): void {
    this.failures = 0;
  }

  /** Takes note of how a call ended; answers what the model should be told beside the result. */
  record(call: CallItem, failed: boolean): string | undefined {
    const text = callText(call);
    if (!failed) {
      if (text === this.last) this.failures = 0;
      else this.last = '';
      return undefined;
    }
    this.failures = text === this.last ? this.failures + 1 : 1;
    this.last = text;
    if (this.failures < hintAfter) return undefined;
    return `This same call has failed ${this.failures} times in a row. Do not repeat it; find out why, or do something else.`;
  }
}
