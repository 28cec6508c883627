import { domainToASCII } from 'node:url';
import { readDomainEntry, type DomainEntry } from '../../protocol/allowedDomains';
import { canonicalHost } from './hostName';

/** Ports that an entry without one stands for. */
const usualPorts: ReadonlySet<number> = new Set([80, 443]);

/** The hosts of the person's setting. An empty list allows nothing, and so does what cannot be read. */
export class AllowedHosts {
  private readonly entries: readonly DomainEntry[];

  constructor(texts: readonly string[] | undefined) {
    this.entries = (texts ?? []).flatMap((text) => canonicalEntry(text) ?? []);
  }

  /** The entries that cover a canonical host at a port. */
  covering(host: string, port: number): readonly DomainEntry[] {
    return this.entries.filter((entry) => matchesName(entry, host) && matchesPort(entry, port));
  }

  /** False for a port that no entry names and that is not usual: nobody is asked about it either. */
  isKnownPort(host: string, port: number): boolean {
    return usualPorts.has(port) || this.covering(host, port).length > 0;
  }
}

function canonicalEntry(text: string): DomainEntry | undefined {
  const entry = readDomainEntry(text);
  if (!entry || entry.covers === 'everything') return entry;
  const ascii = /^[\0-\x7f]*$/.test(entry.name) ? entry.name : domainToASCII(entry.name);
  // A whole top-level domain may stand behind `*.`, so one word is enough there.
  const name =
    entry.covers === 'below' && /^[a-z][a-z\d-]*$/i.test(ascii)
      ? ascii.toLowerCase()
      : canonicalHost(ascii);
  return name === undefined ? undefined : { ...entry, name };
}

function matchesName({ covers, name }: DomainEntry, host: string): boolean {
  if (covers === 'everything') return true;
  return covers === 'exactly' ? host === name : host.endsWith(`.${name}`);
}

function matchesPort({ port }: DomainEntry, wanted: number): boolean {
  return port === undefined ? usualPorts.has(wanted) : port === wanted;
}
