/** What a call touches, so that the policy can judge it before anything runs. */
export type Access =
  /** Nothing outside the agent. */
  | { readonly kind: 'none' }
  /** Reads files; absolute paths. */
  | { readonly kind: 'read'; readonly paths: readonly string[] }
  /** Writes files; absolute paths. */
  | {
      readonly kind: 'write';
      readonly paths: readonly string[];
      /** Hosts that editors would contact because of what is written, each with the file. */
      readonly contacts?: readonly { readonly path: string; readonly host: string }[];
    }
  /** Types into a command that runs already. */
  | { readonly kind: 'typing' }
  /** Runs a shell command in an absolute folder. */
  | {
      readonly kind: 'command';
      readonly command: string;
      readonly cwd: string;
      /** The agent's own words for why it wants this. */
      readonly justification?: string;
      /** Runs under another shell than the one the policy understands, or with its profile files. */
      readonly unusualShell: boolean;
      /** Asks to run outside the sandbox. */
      readonly escalated: boolean;
    };
