import * as l10n from '@vscode/l10n';
import { delay, endWaits } from '../base/abort';
import { errorMessage } from '../base/errorMessage';
import type { HostGrants } from '../policy/hostGrants';
import type { HostAnswer, NetworkAccess } from '../ports/sandbox';
import type { Approval, DecidedBy, Decision } from '../protocol/approvals';
import type { HostContact, HostQuestion } from '../protocol/hostContact';
import { newId, type ItemId } from '../protocol/ids';
import type { TurnContext } from '../protocol/turnContext';
import { noteOutside } from './outsideNotes';
import type { HostWatch, NetworkedCommand, TurnEnvironment } from './turnEnvironment';

/** A connection that waits longer for the person is refused: programs give up as well. */
const usualPatienceMs = 2 * 60_000;
/** Refused hosts that the model is told of with one result. */
const mostTold = 10;
/** Contacts of one command that are written down; a program that makes up names must not fill the disk. */
const mostRecorded = 1000;

/** What a turn's commands may reach; undefined where they have no network at all. */
export function networkOf({
  allowedDomains = [],
  approvalPolicy,
}: TurnContext): NetworkAccess | undefined {
  const canAsk = approvalPolicy !== 'never';
  return canAsk || allowedDomains.length > 0 ? { allowedDomains } : undefined;
}

/**
 * The hosts that commands of one turn want to reach: asks the person about them, writes down every try, and keeps what
 * was refused until the model is told. A command that goes on in the background may ask until its turn ends.
 */
export class TurnHosts implements HostWatch {
  private readonly ended = new AbortController();
  private readonly questions = new Map<Promise<unknown>, ItemId>();
  /** The last question about each host: two commands do not ask about one host at once. */
  private readonly lastByHost = new Map<string, Promise<unknown>>();
  private readonly untold = new Set<string>();

  /** @param patienceMs how long a connection waits for the person. */
  constructor(
    private readonly grants: HostGrants,
    private readonly patienceMs = usualPatienceMs,
  ) {}

  /** The network of a command with everything that happens there. */
  accessOf(
    turn: TurnEnvironment,
    command: NetworkedCommand,
    { allowedDomains }: NetworkAccess,
  ): NetworkAccess {
    return {
      allowedDomains,
      ...(turn.context.approvalPolicy === 'never'
        ? {}
        : { ask: (question, signal) => this.ask(turn, command, question, signal) }),
      onReached: (name) =>
        writeDown(turn, () => noteOutside(turn, command.itemId, { kind: 'host', name })),
      onContact: this.recorder(turn, command),
      onUnavailable: (reason) => {
        this.untold.add(`This command had no network: none can be made here (${reason}).`);
      },
    };
  }

  /** Resolves when no question of this item, or of any, is open. */
  async settled(itemId?: ItemId): Promise<void> {
    for (;;) {
      const open = [...this.questions].filter(([, of]) => itemId === undefined || of === itemId);
      if (open.length === 0) return;
      await Promise.allSettled(open.map(([question]) => question));
    }
  }

  /** The text with what the model does not know yet about hosts that were refused. */
  withUntold(modelText: string): string {
    const lines = [...this.untold];
    this.untold.clear();
    return lines.length === 0 ? modelText : `${modelText}\n\n${lines.join('\n')}`;
  }

  /** Answers what is open with no, and everything later: between turns nobody is asked. */
  async close(): Promise<void> {
    endWaits(this.ended);
    await this.settled();
  }

  private ask(
    turn: TurnEnvironment,
    command: NetworkedCommand,
    question: HostQuestion,
    signal: AbortSignal,
  ): Promise<HostAnswer> {
    const key = `${question.host}:${question.port}`;
    const before = this.lastByHost.get(key);
    const answer = this.askAfter(before, turn, command, question, signal).catch(
      (error: unknown) => {
        turn.log.warn(`A question about a host could not be asked: ${errorMessage(error)}`);
        return refused;
      },
    );
    this.lastByHost.set(key, answer);
    this.questions.set(answer, command.itemId);
    void answer.finally(() => this.questions.delete(answer));
    return answer;
  }

  private async askAfter(
    before: Promise<unknown> | undefined,
    turn: TurnEnvironment,
    command: NetworkedCommand,
    question: HostQuestion,
    signal: AbortSignal,
  ): Promise<HostAnswer> {
    await before;
    if (this.grants.allows(question)) return { allowed: true, by: 'grant' };
    if (this.ended.signal.aborted || turn.signal.aborted || signal.aborted) return refused;
    const approval = approvalOf(command, question);
    turn.emit({ type: 'approval.requested', turnId: turn.turnId, approval });
    const { decision, by } = await this.answerTo(turn, approval, signal);
    if (decision === 'approveForThread') this.grants.remember(question);
    return { allowed: decision === 'approve' || decision === 'approveForThread', by };
  }

  /** The approval is resolved whatever happens: by the person, by the end of the command or the turn, or in time. */
  private async answerTo(
    turn: TurnEnvironment,
    approval: Approval,
    signal: AbortSignal,
  ): Promise<{ decision: Decision; by: DecidedBy }> {
    const { turnId } = turn;
    const done = new AbortController();
    const over = AbortSignal.any([turn.signal, signal, this.ended.signal, done.signal]);
    void delay(this.patienceMs, over).then(() => endWaits(done));
    let answer = whenOver(turn);
    try {
      const given = await turn.approver.ask(approval, over);
      // Whoever did not answer in time did not say no.
      answer = over.aborted && given.decision === 'cancel' ? whenOver(turn) : given;
    } finally {
      endWaits(done);
      const isOpen = turn.state().approvals.some(({ id }) => id === approval.id);
      if (isOpen) {
        turn.emit({ type: 'approval.resolved', turnId, approvalId: approval.id, ...answer });
      }
    }
    return answer;
  }

  /** Writes down what a command contacts; a refusal that comes again says nothing new. */
  private recorder(
    turn: TurnEnvironment,
    { itemId }: NetworkedCommand,
  ): (contact: HostContact) => void {
    const { turnId } = turn;
    const refusals = new Set<string>();
    let count = 0;
    return (contact) => {
      const { outcome, reason } = contact;
      if (outcome !== 'allowed' && reason !== undefined) {
        if (refusals.has(reason)) return;
        if (refusals.size < mostRecorded) refusals.add(reason);
        if (this.untold.size < mostTold) this.untold.add(`Network: ${reason}`);
      }
      count += 1;
      if (count > mostRecorded) return;
      writeDown(turn, () => turn.emit({ type: 'host.contacted', turnId, itemId, contact }));
      if (count < mostRecorded) return;
      const text = l10n.t(
        'A command contacted {0} hosts and more: only these are on record.',
        mostRecorded,
      );
      writeDown(turn, () => turn.emit({ type: 'notice.raised', level: 'warning', text }));
    };
  }
}

/** A command may outlive its thread's journal. */
function writeDown(turn: TurnEnvironment, write: () => void): void {
  try {
    write();
  } catch (error) {
    turn.log.warn(`A contacted host could not be written down: ${errorMessage(error)}`);
  }
}

const refused: HostAnswer = { allowed: false, by: 'policy' };

/** A stopped turn cancels like every other question; time that ran out denies. */
function whenOver(turn: TurnEnvironment): { decision: Decision; by: DecidedBy } {
  return turn.signal.aborted
    ? { decision: 'cancel', by: 'user' }
    : { decision: 'deny', by: 'policy' };
}

function approvalOf({ itemId, command, cwd }: NetworkedCommand, question: HostQuestion): Approval {
  const { host, port, readable, reasons, writing } = question;
  return {
    id: newId(),
    ...{ itemId, cwd, reasons },
    subject: {
      kind: 'network',
      ...{ host, port, command },
      ...(readable === undefined ? {} : { readable }),
    },
    grant: writing
      ? l10n.t('{0}, sending included, in every command', `${host}:${port}`)
      : l10n.t('{0}, without sending, in every command', `${host}:${port}`),
  };
}
