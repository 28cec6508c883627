import type { LogOutputChannel } from 'vscode';
import type { Attention } from './attention/attention';
import type { CodeComments } from './comments/codeComments';
import type { FindingComments } from './comments/findingComments';
import type { Review } from './editors/review';
import type { SecretCredentials } from './secretCredentials';
import type { SeenChangesMemory } from './seenChanges';
import type { ServerModels } from './serverModels';
import type { Settings } from './settings';
import type { Shown } from './shownThread';
import type { SurfaceView } from './surfaces/surface';
import type { Surfaces } from './surfaces/surfaces';
import type { AgentTerminals } from './terminals/agentTerminals';
import type { ViewPlace } from './viewPlace';

/** What commands and the view's requests work with. */
export interface Host {
  /** The thread to work with: for commands that of the surface the person was in last, for a view's request its own. */
  readonly shown: Shown;
  /** The page that shows it. */
  readonly view: Pick<SurfaceView, 'reveal' | 'tell'>;
  readonly surfaces: Surfaces;
  readonly viewPlace: ViewPlace;
  readonly terminals: AgentTerminals;
  readonly attention: Attention;
  readonly review: Review;
  readonly seen: SeenChangesMemory;
  readonly findings: FindingComments;
  readonly comments: CodeComments;
  readonly settings: Settings;
  readonly credentials: SecretCredentials;
  readonly models: ServerModels;
  /** Finds out anew whether commands can be confined here. */
  readonly checkSandbox: () => Promise<void>;
  readonly log: LogOutputChannel;
}
