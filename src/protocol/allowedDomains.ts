/** An entry of the setting `network.allowedDomains`, taken apart; its name is as it was written. */
export interface DomainEntry {
  /** A name or an IP address; empty where every host is meant. */
  readonly name: string;
  /** `below`: every name that ends in `.name`, but not the name itself. */
  readonly covers: 'exactly' | 'below' | 'everything';
  /** Absent for the usual ports, 80 and 443. */
  readonly port?: number;
  /** True where the person also lets commands send data there. */
  readonly writing: boolean;
}

const shape =
  /^(?<writing>write:)?(?:(?<everything>\*)|(?<below>\*\.)?(?<name>[^\s*:/@%?#\\[\]]+|\[[\da-f:.]+\]))(?::(?<port>[1-9]\d{0,4}))?$/i;

/** Undefined for what is no entry: an empty text, an address with a scheme or a path, a `*` in the middle. */
export function readDomainEntry(text: string): DomainEntry | undefined {
  const groups = shape.exec(text)?.groups;
  if (!groups || Number(groups['port'] ?? 1) > 65535) return undefined;
  return {
    name: groups['name'] ?? '',
    covers: groups['everything'] ? 'everything' : groups['below'] ? 'below' : 'exactly',
    ...(groups['port'] === undefined ? {} : { port: Number(groups['port']) }),
    writing: groups['writing'] !== undefined,
  };
}
