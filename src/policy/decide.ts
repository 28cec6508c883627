import * as l10n from '@vscode/l10n';
import { oddForm } from '../base/pathForms';
import { relativeToRoot } from '../base/paths';
import type { Access } from './access';
import { decideCommand } from './decideCommand';
import { decideTyping } from './decideTyping';
import { hiddenReason } from './hiddenReads';
import { protectedPart, protectedReason } from './protectedPaths';
import {
  allowReading,
  allowWriting,
  askOrDeny,
  refuseInReadingMode,
  type PolicySituation,
  type Verdict,
} from './verdict';

export { isConfined } from './decideCommand';
export { onlyReads, type PolicySituation, type Verdict } from './verdict';

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
      return decideTyping(access, situation);
    case 'command':
      return decideCommand(access, situation);
  }
}

function decideRead(paths: readonly string[], situation: PolicySituation): Verdict {
  const refused = refuseOddForms(paths, situation.root) ?? refuseHidden(paths, situation);
  if (refused) return refused;
  const outside = paths.filter((path) => isOutside(path, situation.root));
  if (outside.length === 0) return allowReading;
  return askOrDeny(
    situation,
    outside.map((path) => l10n.t('reads outside the folder: {0}', path)),
  );
}

function decideWrite(
  { paths, contacts = [] }: Extract<Access, { kind: 'write' }>,
  situation: PolicySituation,
): Verdict {
  const readingMode = refuseInReadingMode(situation.mode);
  const refused =
    readingMode ?? refuseOddForms(paths, situation.root) ?? refuseHidden(paths, situation);
  if (refused) return refused;
  const outside = paths.find((path) => isOutside(path, situation.root));
  if (outside !== undefined) {
    return {
      kind: 'deny',
      reason: l10n.t(
        '{0} is outside the folder {1}; only files inside it can be edited.',
        outside,
        situation.root,
      ),
    };
  }
  const reasons = paths.flatMap((path) => {
    const part = protectedPart(path.slice(situation.root.length));
    return part === undefined ? [] : [protectedReason(part)];
  });
  for (const { path, host } of contacts) {
    reasons.push(l10n.t('{0} would make editors load a schema from {1}', path, host));
  }
  if (situation.sandboxMode === 'read-only')
    reasons.push(l10n.t('files may only be read (sandbox mode read-only)'));
  return reasons.length > 0 ? askOrDeny(situation, [...new Set(reasons)]) : allowWriting;
}

/** A path that one system reads differently from another is never worth a question. */
function refuseOddForms(paths: readonly string[], root: string): Verdict | undefined {
  for (const path of paths) {
    const why = oddForm(relativeToRoot(root, root, path) ?? path);
    if (why === undefined) continue;
    const reason = l10n.t('The path {0} is refused: {1}.', JSON.stringify(path), why);
    return { kind: 'deny', reason };
  }
  return undefined;
}

/** Nobody is asked to uncover what they chose to hide. */
function refuseHidden(paths: readonly string[], { hidden }: PolicySituation): Verdict | undefined {
  const found = paths.find((path) => hidden?.isHidden(path));
  return found === undefined ? undefined : { kind: 'deny', reason: hiddenReason(found) };
}

function isOutside(path: string, root: string): boolean {
  return relativeToRoot(root, root, path) === undefined;
}
