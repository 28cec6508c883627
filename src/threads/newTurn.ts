import * as l10n from '@vscode/l10n';
import { TurnMeter } from '../agent/limits';
import { LoopBreaker } from '../agent/loopBreaker';
import type { ReviewTask } from '../agent/review/reviewTurn';
import type { TurnEnvironment } from '../agent/turnEnvironment';
import { TurnHosts } from '../agent/turnHosts';
import { profileFor } from '../models';
import { newId } from '../protocol/ids';
import { runningTurn } from '../protocol/threadState';
import type { TurnContext } from '../protocol/turnContext';
import { toolsNamed } from '../tools';
import { closeOpen } from './closeBrokenTurn';
import type { OpenTurn } from './findWaitingTurn';
import type { ThreadParts } from './threadParts';

/** What a host may add to a turn. */
export interface TurnOptions {
  /** JSON schema the final answer must follow. */
  readonly outputSchema?: Readonly<Record<string, unknown>>;
  /** Settings of a turn that queued input opens by itself, as they are then; absent where it waits to be sent. */
  readonly contextForNextTurn?: () => TurnContext;
  /** Present where the turn reviews instead of working. */
  readonly review?: ReviewTask;
}

/** What a turn of a thread works with; `signal` aborts when the person stops it, `open` is one to go on with. */
export function newTurn(
  parts: ThreadParts,
  context: TurnContext,
  { outputSchema }: TurnOptions,
  signal: AbortSignal,
  open?: OpenTurn,
): TurnEnvironment {
  const { ports, events, waiting, review } = parts;
  const turnId = open?.turn.id ?? newId();
  const { profile, known } = profileFor(context.model, context.wireApi);
  const meter = new TurnMeter(context.limits ?? {}, ports.clock, signal, open?.spent);
  const unknown = l10n.t(
    'The model {0} is not known to Tandem; it is treated as a general model with plain tools.',
    context.model,
  );
  return {
    threadId: parts.id,
    turnId,
    context,
    profile,
    tools: toolsNamed(profile.tools),
    openingNotices: known ? [] : [unknown],
    ...(outputSchema === undefined ? {} : { outputSchema }),
    history: events.history,
    contextSize: events.contextSize,
    meter,
    state: () => events.state,
    entries: () => runningTurn(events.state)?.entries ?? [],
    signal: meter.signal,
    model: ports.model,
    approver: ports.approver ?? parts.person,
    questioner: ports.questioner ?? parts.questions,
    grants: parts.grants,
    hosts: new TurnHosts(parts.hostGrants),
    sandbox: ports.sandbox,
    shellParser: ports.shellParser,
    machine: ports.machine,
    terminals: parts.terminals,
    files: parts.files,
    hiddenFiles: parts.hiddenFiles,
    search: ports.search,
    ...(ports.trustedPrograms ? { trustedPrograms: ports.trustedPrograms(parts.cwd) } : {}),
    ...(ports.diagnostics ? { diagnostics: ports.diagnostics(parts.cwd) } : {}),
    instructionFiles: ports.instructionFiles,
    writes: parts.tracker,
    comments: {
      take: () => parts.comments.take(),
      changed: () => parts.comments.changedSince(turnId),
    },
    loopBreaker: new LoopBreaker(),
    clock: ports.clock,
    log: ports.log,
    emit: (body) => {
      events.emit(body);
      meter.observe(body);
    },
    sync: () => events.sync(),
    untoldReview: () => review.message(),
    closeOpen: () => closeOpen(events.state).forEach((body) => events.emit(body)),
    takeSteering: (say) => waiting.takeSteering(say),
  };
}
