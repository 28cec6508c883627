import type { LogOutputChannel } from 'vscode';
import type { CodeComments } from './comments/codeComments';
import type { FindingComments } from './comments/findingComments';
import type { Review } from './editors/review';
import type { SecretCredentials } from './secretCredentials';
import type { SeenChangesMemory } from './seenChanges';
import type { ServerModels } from './serverModels';
import type { Settings } from './settings';
import type { ShownThread } from './shownThread';
import type { ThreadView } from './views/threadView';

/** What commands and the view's requests work with. */
export interface Host {
  readonly shown: ShownThread;
  readonly review: Review;
  readonly seen: SeenChangesMemory;
  readonly findings: FindingComments;
  readonly comments: CodeComments;
  readonly view: ThreadView;
  readonly settings: Settings;
  readonly credentials: SecretCredentials;
  readonly models: ServerModels;
  readonly log: LogOutputChannel;
}
