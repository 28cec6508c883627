import type { Approver } from '../ports/approver';
import type { Clock } from '../ports/clock';
import type { ContentStore } from '../ports/contentStore';
import type { Diagnostics } from '../ports/diagnostics';
import type { HiddenFiles } from '../ports/hiddenFiles';
import type { InstructionFiles } from '../ports/instructionFiles';
import type { Log } from '../ports/log';
import type { Machine } from '../ports/machine';
import type { Model } from '../ports/model';
import type { Questioner } from '../ports/questioner';
import type { Repository } from '../ports/repository';
import type { ReviewDiffs } from '../ports/reviewDiffs';
import type { Sandbox } from '../ports/sandbox';
import type { Search } from '../ports/search';
import type { ShellParser } from '../ports/shellParser';
import type { Terminals } from '../ports/terminal';
import type { ThreadStore } from '../ports/threadStore';
import type { TrustedPrograms } from '../ports/trustedPrograms';
import type { WorkspaceFiles } from '../ports/workspaceFiles';
import type { TurnContext } from '../protocol/turnContext';
import type { FolderWrites } from './folderWrites';

/** Everything threads need of the outside; one composition per host fills it in. */
export interface ThreadPorts {
  readonly model: Model;
  readonly store: ThreadStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly sandbox: Sandbox;
  /** By these two a command is judged before it runs. */
  readonly shellParser: ShellParser;
  readonly machine: Machine;
  readonly search: Search;
  readonly instructionFiles: InstructionFiles;
  /** The files below a folder (absolute). The thread disposes nothing of it; the host does. */
  files(cwd: string): WorkspaceFiles;
  /** What the agent must not see below a folder (absolute). */
  hiddenFiles(cwd: string): HiddenFiles;
  /** Programs below a folder that are started outside of the sandbox; absent where nobody looks after them. */
  trustedPrograms?(cwd: string): TrustedPrograms;
  /** A thread's own terminals; it kills them when it is disposed. */
  terminals(cwd: string): Terminals;
  contents(cwd: string): ContentStore;
  /** What changed in the repository that a folder lies in. */
  reviewDiffs(cwd: string): ReviewDiffs;
  /** The repository that a folder lies in, for committing what was accepted; absent where nobody commits. */
  repository?(cwd: string): Repository;
  /** What language servers say of the files below a folder; absent where none run. */
  diagnostics?(cwd: string): Diagnostics;
  /** Who answers approvals without a person; absent where a person answers through `Thread.resolveApproval`. */
  readonly approver?: Approver;
  /** Who replies to questions without a person; absent where a person answers through `Thread.answerQuestion`. */
  readonly questioner?: Questioner;
  /** Settings of a turn that queued input opens after a reload, as they are then; absent where it waits to be sent. */
  readonly contextForNextTurn?: (cwd: string) => TurnContext;
  /** Whether the model may be asked for a thread's title after its first turn; absent where it never is. */
  readonly asksForTitles?: () => Promise<boolean>;
  /** Whether the model may be asked for commit messages and the like; it is asked where this is absent. */
  readonly asksForWords?: () => Promise<boolean>;
  /** Whether each finished turn's changes are reviewed; absent where they never are. */
  readonly reviewsTurns?: () => boolean;
  /** What the threads of this host write; the manager of the threads provides it. */
  readonly folderWrites?: FolderWrites;
}
