import { oddForm } from '../base/pathForms';
import { relativeToRoot } from '../base/paths';
import type { ApprovalPolicy, Mode, SandboxMode } from '../protocol/turnContext';
import type { Access } from './access';
import type { Grants } from './grants';
import { judgeCommand } from './judgeCommand';
import { protectedPart } from './protectedPaths';

/** What decisions depend on. */
export interface PolicySituation {
  readonly mode: Mode;
  readonly approvalPolicy: ApprovalPolicy;
  readonly sandboxMode: SandboxMode;
  /** Why commands cannot be confined; undefined where they can. */
  readonly sandboxUnavailable: string | undefined;
  readonly grants: Grants;
  /** Absolute folder the thread works in. */
  readonly root: string;
}

/** `readOnly` tells that nothing can be written, so nothing needs to be watched. */
export type Verdict =
  | { readonly kind: 'allow'; readonly readOnly: boolean; readonly by: 'policy' | 'grant' }
  | { readonly kind: 'ask'; readonly reasons: readonly string[]; readonly grant?: string }
  /** `reason` is a sentence for the model and the person. */
  | { readonly kind: 'deny'; readonly reason: string };

const allowReading: Verdict = { kind: 'allow', readOnly: true, by: 'policy' };
const allowWriting: Verdict = { kind: 'allow', readOnly: false, by: 'policy' };

/** Decides what happens to a call before it runs. Strictest wins, and every doubt asks. */
export function decide(access: Access, situation: PolicySituation): Verdict {
  switch (access.kind) {
    case 'none':
      return allowReading;
    case 'read':
      return decideRead(access.paths, situation);
    case 'write':
      return decideWrite(access, situation);
    case 'typing':
      // The command was approved when it started; but what it does with new input is not known.
      return refuseInReadingMode(situation.mode) ?? allowWriting;
    case 'command':
      return decideCommand(access, situation);
  }
}

function decideRead(paths: readonly string[], situation: PolicySituation): Verdict {
  const odd = refuseOddForms(paths, situation.root);
  if (odd) return odd;
  const outside = paths.filter((path) => isOutside(path, situation.root));
  if (outside.length === 0) return allowReading;
  return askOrDeny(
    situation,
    outside.map((path) => `reads outside the folder: ${path}`),
  );
}

function decideWrite(
  { paths, contacts = [] }: Extract<Access, { kind: 'write' }>,
  situation: PolicySituation,
): Verdict {
  const readingMode = refuseInReadingMode(situation.mode);
  const refused = readingMode ?? refuseOddForms(paths, situation.root);
  if (refused) return refused;
  const outside = paths.find((path) => isOutside(path, situation.root));
  if (outside !== undefined) {
    return {
      kind: 'deny',
      reason: `${outside} is outside the folder ${situation.root}; only files inside it can be edited.`,
    };
  }
  const reasons = paths.flatMap((path) => {
    const part = protectedPart(path.slice(situation.root.length));
    return part === undefined ? [] : [`${part} is protected: other programs act on what it holds`];
  });
  for (const { path, host } of contacts) {
    reasons.push(`${path} would make editors load a schema from ${host}`);
  }
  if (situation.sandboxMode === 'read-only')
    reasons.push('files may only be read (sandbox mode read-only)');
  return reasons.length > 0 ? askOrDeny(situation, [...new Set(reasons)]) : allowWriting;
}

function decideCommand(
  access: Extract<Access, { kind: 'command' }>,
  situation: PolicySituation,
): Verdict {
  const { command, cwd } = access;
  const judged = judgeCommand(command, situation.root, cwd);
  const insideRoot = !isOutside(cwd, situation.root);
  const confined = isConfined(access, situation);
  const leavesSandbox = access.escalated && situation.sandboxUnavailable === undefined;
  if (judged.readOnly && insideRoot && !access.unusualShell && !leavesSandbox) return allowReading;
  const readingMode = refuseInReadingMode(situation.mode);
  if (readingMode) return readingMode;
  if (situation.grants.allows(command, cwd)) {
    return { kind: 'allow', readOnly: false, by: 'grant' };
  }
  const reasons = [...judged.reasons];
  if (!insideRoot) reasons.push(`starts outside the folder: ${cwd}`);
  if (access.unusualShell) reasons.push('asks for a shell of its own');
  if (judged.destructive) reasons.push('may destroy work');
  const { approvalPolicy, sandboxMode, sandboxUnavailable } = situation;
  if (sandboxMode === 'full-access') {
    if (approvalPolicy === 'never') return allowWriting;
    if (approvalPolicy === 'on-request' && !judged.destructive) return allowWriting;
  } else if (confined) {
    if (approvalPolicy !== 'untrusted' && insideRoot && !judged.destructive) return allowWriting;
  } else if (sandboxUnavailable === undefined) {
    return askOrDeny(situation, ['asks to run outside the sandbox', ...reasons]);
  } else {
    reasons.push(`no sandbox: ${sandboxUnavailable}`);
  }
  return askOrDeny(situation, reasons, `exactly ${command} in ${cwd}`);
}

/**
 * True where a call runs inside the sandbox. What was allowed because of that must then run there or not at all, so
 * this is read once, together with the verdict.
 */
export function isConfined(access: Access, situation: PolicySituation): boolean {
  if (access.kind !== 'command' || situation.sandboxMode === 'full-access') return false;
  return situation.sandboxUnavailable === undefined && !access.escalated;
}

/** `ask` and `plan` are enforced here, not by the prompt. */
function refuseInReadingMode(mode: Mode): Verdict | undefined {
  if (mode === 'agent') return undefined;
  return {
    kind: 'deny',
    reason: `Mode ${mode} only reads: files cannot be changed and commands with effects do not run. The person can switch to mode agent.`,
  };
}

function askOrDeny(situation: PolicySituation, reasons: string[], grant?: string): Verdict {
  if (situation.approvalPolicy === 'never') {
    return {
      kind: 'deny',
      reason: `This needs approval (${reasons.join('; ')}), and the approval policy is never, so nobody is asked.`,
    };
  }
  return { kind: 'ask', reasons, ...(grant === undefined ? {} : { grant }) };
}

/** A path that one system reads differently from another is never worth a question. */
function refuseOddForms(paths: readonly string[], root: string): Verdict | undefined {
  for (const path of paths) {
    const why = oddForm(relativeToRoot(root, root, path) ?? path);
    if (why === undefined) continue;
    return { kind: 'deny', reason: `The path ${JSON.stringify(path)} is refused: ${why}.` };
  }
  return undefined;
}

function isOutside(path: string, root: string): boolean {
  return relativeToRoot(root, root, path) === undefined;
}
