import type { ApprovalId, ItemId } from './ids';

/** What the person answers: `deny` tells the model and goes on, `cancel` also stops the turn. */
export type Decision = 'approve' | 'approveForThread' | 'deny' | 'cancel';

/** Who decided. */
export type DecidedBy = 'user' | 'policy' | 'grant';

/** A host that a running command wants to reach. */
export interface NetworkSubject {
  readonly kind: 'network';
  /** Lower case and ASCII (punycode), or an IP address. */
  readonly host: string;
  readonly port: number;
  /** The name as people read it, where that differs from `host`. */
  readonly readable?: string;
  /** The command that wants to reach it. */
  readonly command: string;
}

/** Files that are to be written. */
export interface PatchSubject {
  readonly kind: 'patch';
  /** Absolute. */
  readonly paths: readonly string[];
  /** The patch as the agent wrote it; older journals do not have it. */
  readonly text?: string;
  /** Present where a command in the sandbox wrote this and it was taken back: the command. `text` is what it wrote. */
  readonly writtenBy?: string;
}

/** A question to the person about one item, shown in full. */
export interface Approval {
  readonly id: ApprovalId;
  readonly itemId: ItemId;
  readonly subject:
    | { readonly kind: 'command'; readonly command: string }
    | PatchSubject
    /** Absolute paths. */
    | { readonly kind: 'read'; readonly paths: readonly string[] }
    | NetworkSubject;
  /** Absolute folder it would run in. */
  readonly cwd: string;
  /** Why it asks, each a phrase such as `may write files`. */
  readonly reasons: readonly string[];
  /** The agent's own words for why it wants this: untrusted text. */
  readonly justification?: string;
  /** What "approve for this thread" would match; absent where it cannot be remembered. */
  readonly grant?: string;
}
