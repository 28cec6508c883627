/** A host as it was asked about; the host is canonical. */
export interface HostPlace {
  readonly host: string;
  readonly port: number;
  /** True where data may be sent there, which nobody sees inside an encrypted connection. */
  readonly writing: boolean;
}

/** Hosts that the person approved for a thread: the very host and port, and sending only where that was asked. */
export class HostGrants {
  private readonly keys = new Set<string>();

  allows({ host, port, writing }: HostPlace): boolean {
    const mayWrite = this.keys.has(keyOf({ host, port, writing: true }));
    return mayWrite || (!writing && this.keys.has(keyOf({ host, port, writing: false })));
  }

  remember(place: HostPlace): void {
    this.keys.add(keyOf(place));
  }
}

function keyOf({ host, port, writing }: HostPlace): string {
  return JSON.stringify([host, port, writing]);
}
