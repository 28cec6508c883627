import * as l10n from '@vscode/l10n';
import { isAbortError, untilAborted } from '../base/abort';
import { errorMessage } from '../base/errorMessage';
import { ToldError, toldMessage } from '../base/toldError';
import { onlyReads, type Verdict } from '../policy/decide';
import type { Confinement } from '../ports/sandbox';
import { JournalError } from '../ports/threadStore';
import type { Approval, DecidedBy, Decision } from '../protocol/approvals';
import type { ChangeOrigin } from '../protocol/changes';
import { newId, type ItemId } from '../protocol/ids';
import type { Item, ItemStatus } from '../protocol/items';
import type { ModelItem } from '../protocol/modelItem';
import { asksAbout, changedOutput, wordsOfCall } from './askedCall';
import { checkToolResult } from './checkToolResult';
import { callOutput, interruptedOutput } from './history';
import { withHiddenNote } from './hiddenNote';
import { LoopError } from './loopBreaker';
import { noteOutsideOf, withOutsideNote } from './outsideNotes';
import type { PreparedCall } from './prepareToolCall';
import { watchPrograms } from './programWatch';
import { withRepositories } from './newRepositories';
import { recordDecision } from './recordDecision';
import { timeLimitOf, withTimeLimit } from './timeLimit';
import type { ToolItemDraft, ToolResult } from './tool';
import type { TurnEnvironment } from './turnEnvironment';
import { visibleFiles, visibleSearch } from './visibleFiles';

type ReadyCall = Extract<PreparedCall, { kind: 'ready' }>;

/** A call that waited for the person when its host ended: its item is drawn, and nothing of it has run. */
export interface WaitingCall {
  readonly itemId: ItemId;
  /** What the person is asked; absent where the call itself is a question. */
  readonly approval?: Approval;
}

const overLimitOutput = 'Not run: the turn reached a limit that the person set, and ends here.';

/**
 * Runs one call: draws its item, asks where the policy says so, runs the tool, completes the item, and answers the
 * output the model gets. Failures of any kind become outputs. A call that is `waiting` goes on where it waits.
 */
export async function runToolCall(
  turn: TurnEnvironment,
  prepared: PreparedCall,
  waiting?: WaitingCall,
): Promise<ModelItem> {
  const { call } = prepared;
  const stuck = turn.loopBreaker.isStuck(call);
  if (stuck && !canAsk(turn, prepared)) throw new LoopError();
  if (prepared.kind === 'invalid') {
    if (waiting) turn.closeOpen();
    const hint = turn.loopBreaker.record(call, true);
    return callOutput(call, withHint(prepared.modelText, hint));
  }
  if (turn.signal.aborted) return callOutput(call, interruptedOutput);
  if (isOverLimit(turn, prepared)) return callOutput(call, overLimitOutput);
  const item = drawCall(turn, prepared, waiting?.itemId);
  const permission = await askPermission(turn, prepared, item.id, waiting?.approval);
  recordDecision(turn, prepared, item.id, permission);
  if (!permission.granted) {
    item.complete('declined', undefined, permission.told);
    if (stuck && permission.by === 'policy') throw new LoopError();
    return callOutput(call, permission.modelText);
  }
  if (stuck) turn.loopBreaker.forgive();
  const tellOfPrograms = await prepareEffects(turn, prepared);
  noteOutsideOf(turn, prepared, item.id);
  const result = turn.signal.aborted
    ? undefined
    : await runTool(turn, prepared, item, tellOfPrograms);
  if (!result || (turn.signal.aborted && !result.ok)) {
    item.complete('interrupted', result?.item);
    return callOutput(call, result?.modelText ?? interruptedOutput);
  }
  item.complete(result.ok ? 'completed' : 'failed', result.item, result.told);
  const hint = turn.loopBreaker.record(call, hasFailed(result));
  return callOutput(
    call,
    withHint(withOutsideNote(turn, item.id, withHiddenNote(result.modelText)), hint),
    result.modelImage,
  );
}

/** True where the person's limits leave no room for the call; a command counts as soon as it may run. */
function isOverLimit({ meter }: TurnEnvironment, { access }: ReadyCall): boolean {
  if (meter.reached() !== undefined) return true;
  return access.kind === 'command' && !meter.takeCommand();
}

/**
 * Before an effect that cannot be redone: what was decided is on the disk, and the state before it is known.
 * Answers what tells the person of programs that a command replaced, to be called after it.
 * @throws JournalError; then nothing has begun.
 */
async function prepareEffects(
  turn: TurnEnvironment,
  { verdict, access }: ReadyCall,
): Promise<TellOfPrograms | undefined> {
  if (onlyReads(verdict)) return undefined;
  const watching = access.kind === 'command' ? watchPrograms(turn) : undefined;
  const known = Promise.all([watching, turn.writes.beforeWrite(), turn.sync()]);
  return untilAborted(known, turn.signal).then((all) => all?.[0]);
}

type TellOfPrograms = () => Promise<void>;

/** True where a person can be shown what is about to be repeated, and is to be asked at all. */
function canAsk(turn: TurnEnvironment, prepared: PreparedCall): boolean {
  if (prepared.kind === 'invalid' || turn.context.approvalPolicy === 'never') return false;
  return prepared.access.kind === 'command' || prepared.access.kind === 'write';
}

function hasFailed({ ok, item }: ToolResult): boolean {
  return !ok || (item?.type === 'commandExecution' && (item.exitCode ?? 0) !== 0);
}

function withHint(modelText: string, hint: string | undefined): string {
  return hint === undefined ? modelText : `${modelText}\n\n${hint}`;
}

/** What a tool answered, or became of it; `told` is why it failed, for the person. */
type RunResult = ToolResult & { readonly told?: string };

/** Undefined where the turn was stopped while the tool ran and the tool had nothing to say. */
async function runTool(
  turn: TurnEnvironment,
  prepared: ReadyCall,
  item: DrawnItem,
  tellOfPrograms: TellOfPrograms | undefined,
): Promise<RunResult | undefined> {
  const { tool, input, cwd, access, verdict } = prepared;
  const confinement = withRepositories(turn, withHosts(turn, prepared, item.id));
  const confined = confinement !== undefined;
  const readOnly = onlyReads(verdict);
  const { step } = turn.meter;
  const origin = {
    turnId: turn.turnId,
    itemId: item.id,
    label: labelOf(access),
    ...(step === undefined ? {} : { step }),
  };
  try {
    const limitMs = tool.timeLimitMs ?? timeLimitOf(access);
    const answer: unknown = await withTimeLimit(limitMs, turn.signal, (signal) =>
      tool.run(input, {
        signal,
        itemId: item.id,
        cwd,
        terminals: turn.terminals,
        files: visibleFiles(turn.files, turn.hiddenFiles),
        search: visibleSearch(turn.search, turn.hiddenFiles),
        ...(turn.diagnostics ? { diagnostics: turn.diagnostics } : {}),
        readOnly,
        ...(confinement ? { confinement } : {}),
        showOutput: item.showOutput,
        showPlan: (plan) => turn.emit({ type: 'plan.updated', turnId: turn.turnId, plan }),
        askPerson: (questions) => turn.questioner.ask({ id: item.id, questions }, signal),
      }),
    );
    const checked = checkToolResult(answer);
    // An open question belongs to an item that is not over.
    if (confinement?.network) await turn.hosts.settled(item.id);
    const result = { ...checked, modelText: turn.hosts.withUntold(checked.modelText) };
    if (result.written) turn.writes.recordEdits(origin, result.written);
    // It may exit when the thread is closed, and nothing more can be told.
    result.wentOn?.onExit(() => void tellOfPrograms?.().catch(() => undefined));
    if (result.wentOn) {
      watchBackground(turn, { ...origin, label: result.wentOn.command }, result, confined);
    }
    const more = (await result.aftermath?.()) ?? [];
    if (more.length === 0) return result;
    return { ...result, modelText: `${result.modelText}${more.join('\n')}\n` };
  } catch (error) {
    if (turn.signal.aborted && isAbortError(error)) return undefined;
    if (error instanceof JournalError) throw error;
    const message = errorMessage(error);
    if (!(error instanceof ToldError)) {
      turn.log.warn(`The tool ${tool.name} failed unexpectedly: ${message}`);
    }
    return { ok: false, modelText: `${tool.name} failed: ${message}`, told: toldMessage(error) };
  } finally {
    if (!readOnly && access.kind === 'command') turn.writes.commandEnded(origin, confined);
    await tellOfPrograms?.();
  }
}

/** The confinement of a command, with whoever is asked about hosts and whoever writes them down. */
function withHosts(
  turn: TurnEnvironment,
  { access, confinement }: ReadyCall,
  itemId: ItemId,
): Confinement | undefined {
  if (!confinement?.network || access.kind !== 'command') return confinement;
  const { command, cwd } = access;
  const network = turn.hosts.accessOf(turn, { itemId, command, cwd }, confinement.network);
  return { ...confinement, network };
}

/** What a command in the background wrote is looked for now, and once more when it exits. */
function watchBackground(
  turn: TurnEnvironment,
  origin: ChangeOrigin,
  result: ToolResult,
  confined: boolean,
): void {
  turn.writes.commandEnded(origin, confined);
  result.wentOn?.onExit(() => turn.writes.commandEnded(origin, confined));
}

interface DrawnItem {
  readonly id: ItemId;
  readonly showOutput: (text: string) => void;
  /** `error` is for the person. */
  complete(status: ItemStatus, draft?: ToolItemDraft, error?: string): void;
}

/** Draws the call, unless it is drawn already; for a tool that draws nothing everything is a no-op. */
function drawCall(
  turn: TurnEnvironment,
  { tool, input, cwd, verdict }: ReadyCall,
  drawnId: ItemId | undefined,
): DrawnItem {
  const id = drawnId ?? newId();
  const { turnId } = turn;
  const readOnly = onlyReads(verdict);
  const started = tool.item(input, { cwd, readOnly });
  if (!started) return { id, showOutput: () => {}, complete: () => {} };
  const itemOf = (draft: ToolItemDraft, status: ItemStatus): Item => ({ ...draft, id, status });
  if (drawnId === undefined) {
    turn.emit({ type: 'item.started', turnId, item: itemOf(started, 'inProgress') });
  }
  // A tool that was given up may still print; its item has ended.
  let open = true;
  return {
    id,
    showOutput(text) {
      if (!open) return;
      turn.emit({ type: 'item.delta', turnId, itemId: id, delta: { kind: 'output', text } });
    },
    complete(status, draft, error) {
      open = false;
      const ended = { ...(draft ?? started), ...(error === undefined ? {} : { error }) };
      turn.emit({ type: 'item.completed', turnId, item: itemOf(ended, status) });
    },
  };
}

type Permission =
  | { granted: true; by: DecidedBy }
  /** `told` is why, for the person. */
  | { granted: false; by: DecidedBy; modelText: string; told?: string };

/** Asks where the policy says so, or goes on with what was `asked` before the host ended. */
async function askPermission(
  turn: TurnEnvironment,
  prepared: ReadyCall,
  itemId: ItemId,
  asked: Approval | undefined,
): Promise<Permission> {
  const { verdict } = prepared;
  const stillAsked = asked && verdict.kind !== 'deny' && asksAbout(asked, questionOf(prepared));
  if (asked && !stillAsked) withdraw(turn, asked);
  const approval = stillAsked ? asked : newApproval(prepared, itemId);
  if (!approval) {
    return verdict.kind === 'deny'
      ? refusalByPolicy(verdict, prepared)
      : { granted: true, by: verdict.kind === 'allow' ? verdict.by : 'policy' };
  }
  if (!stillAsked) turn.emit({ type: 'approval.requested', turnId: turn.turnId, approval });
  const words = wordsOfCall(prepared, turn);
  const { decision, by } = await resolveApproval(turn, approval);
  if (decision !== 'approve' && decision !== 'approveForThread') {
    const reasons = verdict.kind === 'ask' ? verdict.reasons : approval.reasons;
    return {
      ...{ granted: false, by, modelText: refusal(decision, by, reasons) },
      ...(decision === 'cancel' ? {} : { told: refusalForPerson(by, approval) }),
    };
  }
  if (wordsOfCall(prepared, turn) !== words) {
    return { granted: false, by: 'policy', modelText: changedOutput };
  }
  // Only what was shown is remembered; a file may have changed since, and so what would be matched.
  const grant = askedBy(prepared)?.grant;
  if (decision === 'approveForThread' && grant && grant.text === approval.grant) {
    turn.grants.remember(grant);
  }
  return { granted: true, by };
}

/** What the person is asked about a call; undefined where the policy decides alone. */
function newApproval(prepared: ReadyCall, itemId: ItemId): Approval | undefined {
  const { access } = prepared;
  const asked = askedBy(prepared);
  if (!asked) return undefined;
  return {
    id: newId(),
    itemId,
    ...questionOf(prepared),
    reasons: asked.reasons,
    ...(access.kind === 'command' && access.justification
      ? { justification: access.justification }
      : {}),
    ...(asked.grant === undefined ? {} : { grant: asked.grant.text }),
  };
}

/** The question to the person, where the policy has one. */
function askedBy({ verdict, told }: ReadyCall) {
  if (verdict.kind !== 'ask') return undefined;
  return told?.kind === 'ask' ? told : verdict;
}

function questionOf({ access, cwd }: ReadyCall): Pick<Approval, 'subject' | 'cwd'> {
  return { cwd: access.kind === 'command' ? access.cwd : cwd, subject: subjectOf(access) };
}

/** A question that is no longer about what would run is answered by nobody. */
function withdraw(turn: TurnEnvironment, { id }: Approval): void {
  const answer = { decision: 'deny', by: 'policy' } as const;
  turn.emit({ type: 'approval.resolved', turnId: turn.turnId, approvalId: id, ...answer });
}

/** Waits for the answer to what is asked; the approval is resolved whatever happens. */
async function resolveApproval(
  turn: TurnEnvironment,
  approval: Approval,
): Promise<{ decision: Decision; by: DecidedBy }> {
  const { turnId } = turn;
  let answer: { decision: Decision; by: DecidedBy } = { decision: 'cancel', by: 'user' };
  try {
    answer = await turn.approver.ask(approval, turn.signal);
  } finally {
    turn.emit({ type: 'approval.resolved', turnId, approvalId: approval.id, ...answer });
  }
  return answer;
}

/** What the policy never lets run, and never asks about. */
function refusalByPolicy(
  { reason, advice }: Extract<Verdict, { kind: 'deny' }>,
  { told }: ReadyCall,
): Permission {
  const modelText = ['Not run:', reason, advice].filter((part) => part !== undefined).join(' ');
  return {
    granted: false,
    by: 'policy',
    modelText,
    ...(told?.kind === 'deny' && { told: told.reason }),
  };
}

function refusalForPerson(by: DecidedBy, { reasons }: Approval): string {
  return by === 'policy'
    ? l10n.t('It needs approval ({0}), and there was nobody to ask.', reasons.join('; '))
    : l10n.t('You did not allow it.');
}

function refusal(decision: Decision, by: DecidedBy, reasons: readonly string[]): string {
  if (by === 'policy') {
    return `Not run: this needs approval (${reasons.join('; ')}) and there is no person to ask, so it was denied.`;
  }
  return decision === 'cancel'
    ? 'Not run: the person stopped the turn.'
    : 'Not run: the person denied this. Do not try another way to the same effect; go on without it or say what you could not do.';
}

function subjectOf(access: ReadyCall['access']): Approval['subject'] {
  if (access.kind === 'command') return { kind: 'command', command: access.command };
  if (access.kind === 'typing') return { kind: 'command', command: access.text };
  if (access.kind === 'read') return { kind: 'read', paths: access.paths };
  if (access.kind === 'none') return { kind: 'patch', paths: [] };
  const { paths, text } = access;
  return { kind: 'patch', paths, ...(text === undefined ? {} : { text }) };
}

function labelOf(access: ReadyCall['access']): string {
  return access.kind === 'command' ? access.command : 'patch';
}
