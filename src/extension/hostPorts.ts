import { join } from 'node:path';
import type * as vscode from 'vscode';
import { createDiskFiles } from '../adapters/disk/diskFiles';
import { createInstructionFiles } from '../adapters/disk/instructionFiles';
import { createRipgrepSearch } from '../adapters/disk/ripgrepSearch';
import { systemClock } from '../adapters/disk/systemClock';
import { createShadowStore } from '../adapters/git/shadowStore';
import { createJournalStore } from '../adapters/journal/journalStore';
import { createResponsesModel } from '../adapters/openai/responsesModel';
import { captureLoginEnvironment } from '../adapters/pty/loginEnvironment';
import { createPtyTerminals } from '../adapters/pty/ptyTerminals';
import type { DisposableStore } from '../base/disposable';
import type { ThreadPorts } from '../threads/threadPorts';
import { EditorFiles } from './editorFiles';
import type { Host } from './host';
import { loadFirstPty, ptyCandidates } from './nativePty';
import { findRipgrep } from './ripgrepPath';

export interface HostPortsOptions extends Pick<Host, 'settings' | 'credentials' | 'log'> {
  readonly context: vscode.ExtensionContext;
  /** Owns what the ports hold on to. */
  readonly store: DisposableStore;
}
