import type { AskingTurn } from '../agent/turnEnvironment';
import { endWaits } from '../base/abort';
import type { Disposable } from '../base/disposable';
import { errorMessage } from '../base/errorMessage';
import { inEnglish } from '../base/language';
import { ToldError, toldMessage } from '../base/toldError';
import type { Content } from '../changes/content';
import { summarizeChange } from '../changes/summarizeChange';
import type { TrackedFiles } from '../changes/trackedFiles';
import { obeyedPart } from '../policy/protectedPaths';
import type { TreeChange } from '../ports/contentStore';
import type { Log } from '../ports/log';
import type { FileEdit, SavedFurther, WorkspaceFiles } from '../ports/workspaceFiles';
import type { ChangeOrigin } from '../protocol/changes';
import type { ThreadEventBody } from '../protocol/events';
import { newId } from '../protocol/ids';
import type { FileChangeItem } from '../protocol/items';
import { closedNames } from '../protocol/obeyedNames';
import { filesWritten } from './filesWritten';
import { askToKeep, isOpen, type KeepAnswer, type TakenBack } from './keepQuestion';
import { contentsOf } from './readEffects';
import {
  failureNotice,
  obeyedReasons,
  staysBackReason,
  takenBackNotice,
  wholeText,
  type StaysBack,
} from './takenBackWords';

/** What a quarantine needs of the tracker it is a part of. */
export interface QuarantineParts {
  readonly files: WorkspaceFiles;
  readonly tracked: Pick<TrackedFiles, 'contentOf'>;
  readonly log: Log;
  emit(body: ThreadEventBody): void;
  /** Runs work while nothing else of the tracker does. */
  enqueue(work: () => Promise<void>): Promise<void>;
  /** This thread wrote a file, and no command did. */
  wrote(path: string, content: Content): void;
  /** Saving what was written changed it further. */
  savedFurther(saved: readonly SavedFurther[]): Promise<void>;
  /** What the agent did to a file waits for review from now on. */
  changed(change: TreeChange, before: Content, after: Content, origin: ChangeOrigin): Promise<void>;
}

/** Characters of one question; what does not fit is not asked about, since nobody approves what is not shown. */
const maxShown = 200_000;

/**
 * Takes back at once what a confined command wrote and other programs obey by its name, and asks the person about it.
 * Nothing waits for the answer but what writes next: only what they approve is written again.
 */
export class Quarantine implements Disposable {
  private turn: AskingTurn | undefined;
  private readonly questions = new Set<Promise<void>>();
  private readonly ended = new AbortController();

  constructor(private readonly parts: QuarantineParts) {}

  beginTurn(turn: AskingTurn): void {
    this.turn = turn;
  }

  /** Once this is over nobody is asked any more, unless another turn has begun by then. */
  async endTurn(last: Promise<void>): Promise<void> {
    const { turn } = this;
    await last;
    if (this.turn === turn) this.turn = undefined;
  }

  /**
   * Takes back what of a command's effects is obeyed; answers what of them is settled here, which leaves out what cannot
   * be taken back, such as a file that somebody else wrote meanwhile. After its turn nothing is: nobody can be asked, and
   * what a person or their other programs wrote while a server of the agent ran must not vanish when it ends.
   */
  async takeBack(
    origin: ChangeOrigin,
    effects: readonly TreeChange[],
  ): Promise<ReadonlySet<TreeChange>> {
    if (this.turn?.turnId !== origin.turnId) return new Set();
    const taken: TakenBack[] = [];
    let room = maxShown;
    for (const change of effects) {
      const { path, link } = change;
      if (obeyedPart(path) === undefined || isClosedToCommands(path)) continue;
      const [before, after] = await contentsOf(change, this.parts.tracked);
      if (after === null || !(await this.putBack(change, before, after))) continue;
      const summary = summarizeChange(path, before, after);
      const text = link ? undefined : wholeText(change, before, after, summary);
      const fits = text !== undefined && text.length <= room;
      if (fits) room -= text.length;
      taken.push(fits ? { change, summary, text } : { change, summary: { ...summary, diff: '' } });
    }
    if (taken.length > 0) this.open(origin, taken);
    return new Set(taken.map(({ change }) => change));
  }

  /** Resolves when no question is open any more; with false where none was. */
  async answered(): Promise<boolean> {
    if (this.questions.size === 0) return false;
    await Promise.all(this.questions);
    return true;
  }

  /** Ends what is open: it stays taken back. */
  dispose(): void {
    endWaits(this.ended);
  }

  private async putBack(change: TreeChange, before: Content, after: Uint8Array): Promise<boolean> {
    const { path, link, executable } = change;
    const mode = before && executable ? { executable: executable.before } : {};
    try {
      if (!link) await this.write({ path, bytes: before, expected: after, ...mode });
      else if (link.before) await this.putLinkBack(path, before, after, link.after);
      else {
        await this.setLink(path, null, after);
        if (before) await this.write({ path, bytes: before, expected: null, ...mode });
      }
      return true;
    } catch (error) {
      if (!(error instanceof ToldError)) throw error;
      this.parts.log.warn(`What a command wrote could not be taken back: ${error.message}`);
      return false;
    }
  }

  private async putLinkBack(path: string, link: Content, after: Content, isLink: boolean) {
    if (!isLink) await this.write({ path, bytes: null, expected: after });
    await this.setLink(path, link, isLink ? after : null);
  }

  private async setLink(path: string, target: Content, expected: Content): Promise<void> {
    await this.parts.files.setLink(path, target, expected);
    this.parts.wrote(path, target);
  }

  /** Never through a link that somebody put there since. @throws as `WorkspaceFiles.apply` */
  private async write(edit: FileEdit, then = async () => {}): Promise<void> {
    const saved = await this.parts.files.apply([{ ...edit, leadsTo: edit.path }]);
    this.parts.wrote(edit.path, edit.bytes);
    await then();
    await this.parts.savedFurther(saved);
  }

  /** Tells what was taken back, and begins to ask. */
  private open(origin: ChangeOrigin, taken: readonly TakenBack[]): void {
    const { turnId, itemId: commandItemId } = origin;
    const writes = taken.map(({ change }) => change);
    const back = writes.map(({ path, before, after }) => ({ path, before: after, after: before }));
    this.emitAll(filesWritten(origin, writes));
    this.emitAll(filesWritten(origin, back, 'policy'));
    const changes = taken.map(({ summary }) => summary);
    const item = { type: 'fileChange', id: newId(), changes, commandItemId } as const;
    this.parts.emit({ type: 'item.started', turnId, item: { ...item, status: 'inProgress' } });
    const question = this.settle(origin, item, taken).catch((error: unknown) => {
      this.parts.log.error(`What a command wrote stays taken back: ${errorMessage(error)}`);
    });
    this.questions.add(question);
    void question.then(() => this.questions.delete(question));
  }

  /** Asks, does what was answered, and completes the item. */
  private async settle(
    origin: ChangeOrigin,
    item: Omit<FileChangeItem, 'status'>,
    taken: readonly TakenBack[],
  ): Promise<void> {
    const { turn } = this;
    const shown = taken.filter(({ text }) => text !== undefined);
    const answer = shown.length > 0 ? await this.ask(turn, origin, item, shown) : unshown;
    this.record(origin, shown, answer);
    const others = taken.filter(({ text }) => text === undefined);
    this.record(origin, others, unshown);
    const end = async () => {
      const kept = answer.why
        ? { ...nothingKept, ...answer }
        : await this.keep(turn, origin, shown);
      this.complete(turn, origin, item, kept);
      const { failures, why } = kept;
      const [failure] = failures;
      if (failure) this.say(failureNotice(failures.map(pathOf), toldMessage(failure.error)));
      if (why && shown.length > 0) this.say(takenBackNotice(shown.map(pathOf), why));
      if (others.length > 0) this.say(takenBackNotice(others.map(pathOf), 'unshown'));
    };
    // What is kept is told before the change set that has it.
    await (answer.why ? end() : this.parts.enqueue(end));
  }

  private complete(
    turn: AskingTurn | undefined,
    { turnId }: ChangeOrigin,
    item: Omit<FileChangeItem, 'status'>,
    kept: Kept,
  ): void {
    if (turn && !isOpen(turn, turnId, item.id)) return;
    this.parts.emit({ type: 'item.completed', turnId, item: endOf(item, kept) });
  }

  private ask(
    turn: AskingTurn | undefined,
    origin: ChangeOrigin,
    { id: itemId }: Pick<FileChangeItem, 'id'>,
    files: readonly TakenBack[],
  ): Promise<KeepAnswer> {
    const {
      files: { root },
      log,
    } = this.parts;
    const emit = (body: ThreadEventBody) => this.parts.emit(body);
    const question = { origin, itemId, root, files };
    return askToKeep(turn, question, { emit, log, signal: this.ended.signal });
  }

  /** Writes again what was approved, unless the turn was stopped meanwhile. */
  private async keep(
    turn: AskingTurn | undefined,
    origin: ChangeOrigin,
    files: readonly TakenBack[],
  ): Promise<Kept> {
    if (turn?.signal.aborted) return { ...nothingKept, why: 'over' };
    const kept: TakenBack[] = [];
    const failures: Failure[] = [];
    for (const file of files) {
      try {
        await this.writeAgain(file, origin);
        kept.push(file);
      } catch (error) {
        failures.push({ change: file.change, error });
      }
    }
    this.emitAll(
      filesWritten(
        origin,
        kept.map(({ change }) => change),
      ),
    );
    return { kept, failures };
  }

  private async writeAgain({ change }: TakenBack, origin: ChangeOrigin): Promise<void> {
    const { path, executable } = change;
    const [before, after] = await contentsOf(change, this.parts.tracked);
    const mode = executable ? { executable: executable.after } : {};
    await this.write({ path, bytes: after, expected: before, ...mode }, () =>
      this.parts.changed(change, before, after, origin),
    );
  }

  /** Notes what was decided about these files, in the record of the command. */
  private record(
    { turnId, itemId }: ChangeOrigin,
    files: readonly TakenBack[],
    { by, why }: KeepAnswer,
  ): void {
    if (files.length === 0) return;
    const paths = files.map(({ change }) => `${this.parts.files.root}/${change.path}`);
    const decision = {
      outcome: why ? 'denied' : 'allowed',
      ...{ by, reasons: inEnglish(() => obeyedReasons(files.map(pathOf))) },
      subject: { kind: 'write', paths },
    } as const;
    this.parts.emit({ type: 'decision.made', turnId, itemId, decision });
  }

  private say(text: string): void {
    this.parts.emit({ type: 'notice.raised', level: 'warning', text });
  }

  private emitAll(bodies: readonly ThreadEventBody[]): void {
    for (const body of bodies) this.parts.emit(body);
  }
}

/** True where no command can write, so that it was somebody else. */
function isClosedToCommands(path: string): boolean {
  return closedNames.includes(path.split('/')[0] ?? '');
}

interface Failure {
  readonly change: TreeChange;
  readonly error: unknown;
}

/** What was written again, what could not be, and why nothing was to be. */
interface Kept {
  readonly kept: readonly TakenBack[];
  readonly failures: readonly Failure[];
  readonly why?: StaysBack;
}

const unshown = { by: 'policy', why: 'unshown' } as const;
const nothingKept = { kept: [], failures: [] };

/** Only what was written again is a change. */
function endOf(
  item: Omit<FileChangeItem, 'status'>,
  { kept, failures, why = 'unshown' }: Kept,
): FileChangeItem {
  const changes = kept.map(({ summary }) => summary);
  if (changes.length > 0) return { ...item, changes, status: 'completed' };
  const [failure] = failures;
  if (failure) return { ...item, status: 'failed', error: toldMessage(failure.error) };
  return { ...item, status: 'declined', error: staysBackReason(why) };
}

function pathOf({ change }: Pick<TakenBack, 'change'>): string {
  return change.path;
}
