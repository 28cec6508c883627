import { acceptAll } from './acceptAll';
import { acceptFile } from './acceptFile';
import { acceptHunk } from './acceptHunk';
import { addComment } from './addComment';
import { addFileToThread } from './addFileToThread';
import { addSelectionToThread } from './addSelectionToThread';
import { askAboutSelection } from './askAboutSelection';
import { cancelComment } from './cancelComment';
import { clearApiKey } from './clearApiKey';
import type { Command } from './command';
import { commitAccepted } from './commitAccepted';
import { compactThread } from './compactThread';
import { compareHunk } from './compareHunk';
import { deleteComment } from './deleteComment';
import { dismissFinding } from './dismissFinding';
import { editComment } from './editComment';
import { exportAudit } from './exportAudit';
import { exportThread } from './exportThread';
import { fixFinding } from './fixFinding';
import { focusComposer } from './focusComposer';
import { goToWaiting } from './goToWaiting';
import { handBackTerminal } from './handBackTerminal';
import { interrupt } from './interrupt';
import { killTerminal } from './killTerminal';
import { moveToSecondarySideBar } from './moveToSecondarySideBar';
import { moveToSideBar } from './moveToSideBar';
import { newThread } from './newThread';
import { nextHunk } from './nextHunk';
import { openChanges } from './openChanges';
import { openTerminal } from './openTerminal';
import { openThread } from './openThread';
import { openThreadInEditor } from './openThreadInEditor';
import { previousHunk } from './previousHunk';
import { rejectAll } from './rejectAll';
import { rejectFile } from './rejectFile';
import { rejectHunk } from './rejectHunk';
import { rejectHunkWithReason } from './rejectHunkWithReason';
import { restoreCheckpoint } from './restoreCheckpoint';
import { reviewChanges } from './reviewChanges';
import { saveComment } from './saveComment';
import { selectModel } from './selectModel';
import { sendComment } from './sendComment';
import { sendComments } from './sendComments';
import { setApiKey } from './setApiKey';
import { showLog } from './showLog';
import { testConnection } from './testConnection';
import { writeCommitMessage } from './writeCommitMessage';
import { writePullRequest } from './writePullRequest';

/** Every command, in the order of the manifest. */
export const commands: readonly Command[] = [
  newThread,
  openThread,
  openThreadInEditor,
  goToWaiting,
  focusComposer,
  moveToSecondarySideBar,
  moveToSideBar,
  exportThread,
  exportAudit,
  askAboutSelection,
  addSelectionToThread,
  addFileToThread,
  interrupt,
  openTerminal,
  handBackTerminal,
  killTerminal,
  compactThread,
  restoreCheckpoint,
  acceptHunk,
  rejectHunk,
  rejectHunkWithReason,
  compareHunk,
  acceptFile,
  rejectFile,
  acceptAll,
  rejectAll,
  nextHunk,
  previousHunk,
  openChanges,
  commitAccepted,
  writeCommitMessage,
  writePullRequest,
  reviewChanges,
  fixFinding,
  dismissFinding,
  addComment,
  sendComment,
  sendComments,
  editComment,
  saveComment,
  cancelComment,
  deleteComment,
  setApiKey,
  clearApiKey,
  testConnection,
  selectModel,
  showLog,
];
