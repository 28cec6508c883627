/** Who decided about a host: the person's setting, the person when asked, what they approved for the thread, or our rules. */
export type HostDecidedBy = 'setting' | 'user' | 'grant' | 'policy';

/** One try of a confined command to reach a host, kept once the connection has ended or was refused. */
export interface HostContact {
  /** Lower case and ASCII (punycode), or a canonical IP address; what was asked for where that is no valid name. */
  readonly host: string;
  /** Zero where none was given that could be read. */
  readonly port: number;
  /** `CONNECT` for what is encrypted end to end, else the HTTP method. */
  readonly method: string;
  readonly outcome: 'allowed' | 'denied' | 'failed';
  readonly by: HostDecidedBy;
  /** Why it was denied or failed, a sentence for the model and the person. */
  readonly reason?: string;
  /** The address that was dialled. */
  readonly address?: string;
  /** Bytes from the command to the host. */
  readonly sentBytes: number;
  /** Bytes from the host to the command. */
  readonly receivedBytes: number;
}

/** What a person is asked about a host. */
export interface HostQuestion {
  /** As in `HostContact`. */
  readonly host: string;
  readonly port: number;
  readonly method: string;
  /** True where data may be sent, which nobody sees inside an encrypted connection. */
  readonly writing: boolean;
  /** The name as people read it, where that differs from `host`. */
  readonly readable?: string;
  /** Why it asks, each a phrase such as `is not among the allowed domains`. */
  readonly reasons: readonly string[];
}
