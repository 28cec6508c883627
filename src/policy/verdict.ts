import * as l10n from '@vscode/l10n';
import type { Sentence } from '../base/language';
import type { Machine } from '../ports/machine';
import type { ShellParser } from '../ports/shellParser';
import type { ApprovalPolicy, Mode, SandboxMode } from '../protocol/turnContext';
import type { Grant, Grants } from './grants';
import type { HiddenNames } from './hiddenReads';

/** What decisions depend on. */
export interface PolicySituation {
  readonly mode: Mode;
  readonly approvalPolicy: ApprovalPolicy;
  readonly sandboxMode: SandboxMode;
  /** Why commands cannot be confined; undefined where they can. */
  readonly sandboxUnavailable: Sentence | undefined;
  readonly grants: Grants;
  /** Absolute folder the thread works in. */
  readonly root: string;
  readonly shellParser: ShellParser;
  readonly machine: Machine;
  /** Nothing is hidden where absent. */
  readonly hidden?: HiddenNames;
  /** Files that the agent wrote in this thread, relative to the root. */
  readonly editedPaths: ReadonlySet<string>;
  /** What brought content from outside of the folder into the thread last; undefined where nothing did. */
  readonly outsideContent: string | undefined;
}

/** `readOnly` tells that nothing can be written, so nothing needs to be watched. */
export type Verdict =
  | { readonly kind: 'allow'; readonly readOnly: boolean; readonly by: 'policy' | 'grant' }
  /** `grant` is what an approval for the thread would remember; absent where it cannot be remembered. */
  | { readonly kind: 'ask'; readonly reasons: readonly string[]; readonly grant?: Grant }
  /** `reason` is a sentence; `advice` is what only the model is told then. */
  | { readonly kind: 'deny'; readonly reason: string; readonly advice?: string };

/** True where a call was judged to write nothing. */
export function onlyReads(verdict: Verdict): boolean {
  return verdict.kind === 'allow' && verdict.readOnly;
}

export const allowReading: Verdict = { kind: 'allow', readOnly: true, by: 'policy' };
export const allowWriting: Verdict = { kind: 'allow', readOnly: false, by: 'policy' };
export const allowByGrant: Verdict = { kind: 'allow', readOnly: false, by: 'grant' };

/** `ask` and `plan` are enforced here, not by the prompt. */
export function refuseInReadingMode(mode: Mode): Verdict | undefined {
  if (mode === 'agent') return undefined;
  return {
    kind: 'deny',
    reason:
      mode === 'plan'
        ? l10n.t(
            'Mode plan only reads: files cannot be changed and commands with effects do not run.',
          )
        : l10n.t(
            'Mode ask only reads: files cannot be changed and commands with effects do not run.',
          ),
    advice: 'The person can switch to mode agent.',
  };
}

/** A refusal of what nobody wants to happen; `why` is a sentence. */
export function neverRun(why: string): Verdict {
  return { kind: 'deny', reason: l10n.t('{0} This is never run.', why) };
}

/** A question, or a refusal where nobody is to be asked; `advice` is a sentence that tells the model what to do then. */
export function askOrDeny(
  { approvalPolicy, outsideContent }: PolicySituation,
  reasons: readonly string[],
  { grant, advice }: { readonly grant?: Grant; readonly advice?: string | undefined } = {},
): Verdict {
  if (approvalPolicy !== 'never') {
    const all = outsideContent === undefined ? reasons : [...reasons, outsideNote(outsideContent)];
    return { kind: 'ask', reasons: [...new Set(all)], ...(grant ? { grant } : {}) };
  }
  const reason = l10n.t(
    'This needs approval ({0}), and the approval policy is never, so nobody is asked.',
    reasons.join('; '),
  );
  return { kind: 'deny', reason, ...(advice === undefined ? {} : { advice }) };
}

/** Who decides is to know that the agent may be following somebody else's words. */
function outsideNote(name: string): string {
  return l10n.t('content from outside came in: {0}', name);
}
