import { networkInterfaces } from 'node:os';
import ipaddr from 'ipaddr.js';

/** Addresses in public ranges that clouds answer with a machine's own credentials. */
const metadataAddresses: ReadonlySet<string> = new Set(['168.63.129.16']);

/**
 * Why a command must not be connected to an address; undefined for a public one. Everything that leads to this machine,
 * to its network or to a cloud's metadata is refused, in whatever clothes.
 */
export function whyNotPublic(text: string): string | undefined {
  if (!ipaddr.isValid(text)) return `${text} is no IP address`;
  const address = ipaddr.process(text);
  const range = address.range();
  if (range !== 'unicast') return `${text} is not a public address (${range})`;
  const shortest = address.toString();
  if (metadataAddresses.has(shortest)) return `${text} is the metadata service of a cloud`;
  return ownAddresses().has(shortest) ? `${text} is an address of this machine` : undefined;
}

function ownAddresses(): ReadonlySet<string> {
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return new Set(own.map(({ address }) => ipaddr.process(address.replace(/%.*$/, '')).toString()));
}
