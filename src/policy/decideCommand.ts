import * as l10n from '@vscode/l10n';
import { relativeToRoot } from '../base/paths';
import type { Access, CommandAccess } from './access';
import { CommandGrants } from './commandGrants';
import type { GrantScope } from './grants';
import { judgeCommand, type CommandJudgement } from './judgeCommand';
import { leadsOutside, realRootOf } from './realPlaces';
import { areComparable, scriptsRun, type RunScript } from './scriptsRun';
import {
  allowByGrant,
  allowReading,
  allowWriting,
  askOrDeny,
  neverRun,
  refuseInReadingMode,
  type PolicySituation,
  type Verdict,
} from './verdict';

/** What to do instead, for a model that nobody can be asked for. */
const destructiveAdvice =
  'Reach the goal without destroying what may not come back: delete single files or build folders by name, commit first, or leave it to the person and say so.';

/** Decides about a command; the strictest rule wins, and every doubt asks. */
export function decideCommand(access: CommandAccess, situation: PolicySituation): Verdict {
  const { cwd } = access;
  const confined = isConfined(access, situation);
  const judged = judgeCommand(access.command, cwd, { ...situation, confined });
  if (judged.forbidden !== undefined) {
    return neverRun(judged.forbidden);
  }
  const outside = startsOutside(cwd, situation);
  const insideRoot = outside === undefined;
  const escalates = leavesSandbox(access, situation);
  if (judged.readOnly && insideRoot && !access.unusualShell && !escalates) return allowReading;
  const readingMode = refuseInReadingMode(situation.mode);
  if (readingMode) return readingMode;
  const scripts = scriptsRun(access, situation);
  const reasons = reasonsToAsk(access, judged, situation, { outside, scripts });
  if (escalates) {
    return askOrDeny(situation, [l10n.t('asks to run outside the sandbox'), ...reasons]);
  }
  const grants = new CommandGrants(access, judged, situation, scopeOf(access, situation, scripts), {
    comparable: areComparable(scripts),
    confined,
  });
  if (grants.areGiven) return allowByGrant;
  if (mayRunUnasked(judged, situation, { confined, insideRoot })) return allowWriting;
  return askOrDeny(situation, [...reasons, ...grants.whyNotAnyMore], {
    ...(grants.offered ? { grant: grants.offered } : {}),
    advice: judged.destructive ? destructiveAdvice : undefined,
  });
}

/**
 * True where a call runs inside the sandbox. What was allowed because of that must then run there or not at all, so
 * this is read once, together with the verdict.
 */
export function isConfined(access: Access, situation: PolicySituation): boolean {
  if (access.kind !== 'command' || situation.sandboxMode === 'full-access') return false;
  return situation.sandboxUnavailable === undefined && !access.escalated;
}

/** Why the folder a command starts in is not surely inside the root, by its text or by where it leads. */
function startsOutside(cwd: string, { root, machine }: PolicySituation): string | undefined {
  const inside = relativeToRoot(root, root, cwd);
  if (inside === undefined) return l10n.t('starts outside the folder: {0}', cwd);
  return leadsOutside(cwd, inside, { root, machine, realRoot: realRootOf(root, machine) });
}

function leavesSandbox(access: CommandAccess, situation: PolicySituation): boolean {
  const { sandboxMode, sandboxUnavailable } = situation;
  return access.escalated && sandboxUnavailable === undefined && sandboxMode !== 'full-access';
}

function mayRunUnasked(
  { destructive, rebuildable, readsHidden }: CommandJudgement,
  { approvalPolicy, sandboxMode }: PolicySituation,
  { confined, insideRoot }: { readonly confined: boolean; readonly insideRoot: boolean },
): boolean {
  if (sandboxMode === 'full-access') {
    return approvalPolicy === 'never' || (approvalPolicy === 'on-request' && !destructive);
  }
  // What a build makes again may go; everything else has a checkpoint from before, but may be more than that holds.
  if (readsHidden) return false;
  return confined && approvalPolicy !== 'untrusted' && insideRoot && (!destructive || rebuildable);
}

function reasonsToAsk(
  access: CommandAccess,
  judged: CommandJudgement,
  situation: PolicySituation,
  known: { readonly outside: string | undefined; readonly scripts: readonly RunScript[] },
): string[] {
  const reasons = [...judged.reasons];
  if (known.outside !== undefined) reasons.push(known.outside);
  if (access.unusualShell) reasons.push(l10n.t('asks for a shell of its own'));
  if (judged.destructive) reasons.push(l10n.t('may destroy work'));
  reasons.push(...programPlaces(access, judged, situation));
  if (judged.readsHidden) {
    reasons.push(l10n.t('shows what is hidden from the agent, as it was committed'));
  }
  for (const { path } of known.scripts) {
    if (situation.editedPaths.has(path)) {
      reasons.push(l10n.t('runs {0}, which the agent edited in this thread', path));
    }
  }
  const { sandboxMode, sandboxUnavailable } = situation;
  if (sandboxMode !== 'full-access' && sandboxUnavailable !== undefined) {
    reasons.push(l10n.t('no sandbox: {0}', sandboxUnavailable()));
  }
  return reasons;
}

/** Where programs that are named by a path really lie, for a name may promise something else. */
function programPlaces(
  { cwd }: CommandAccess,
  { seen = [] }: CommandJudgement,
  { machine }: PolicySituation,
): string[] {
  return seen.flatMap(({ words: [program], wrapped }) => {
    if (wrapped || !program?.includes('/') || /\s/.test(program)) return [];
    const real = machine.realPath(program.startsWith('/') ? program : `${cwd}/${program}`);
    return real ? [l10n.t('{0} is the program {1}', program, real)] : [];
  });
}

function scopeOf(
  access: CommandAccess,
  situation: PolicySituation,
  scripts: readonly RunScript[],
): GrantScope {
  return {
    cwd: access.cwd,
    confinement: isConfined(access, situation) ? situation.sandboxMode : 'none',
    scripts: scripts.map(({ path, digest }) => [path, digest]),
  };
}
