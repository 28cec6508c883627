import { domainToUnicode } from 'node:url';
import ipaddr from 'ipaddr.js';

/** A host and a port as they stand before a path: `example.com:443`, `[2001:db8::1]`. */
export interface Authority {
  readonly host: string;
  readonly port?: number;
}

const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The one spelling of a host that decisions are made on: lower case, ASCII, IP addresses in their shortest form and
 * IPv6 in brackets. Undefined for whatever another program might read differently: names of one word, numbers that some
 * take for addresses (`2130706433`, `0x7f.1`), blanks, `%`, `@`, zones, letters beyond ASCII.
 */
export function canonicalHost(text: string): string | undefined {
  if (text.startsWith('[')) return canonicalIpv6(text);
  if (/^\d+(?:\.\d+){3}$/.test(text)) {
    return ipaddr.IPv4.isValidFourPartDecimal(text) && !/(?:^|\.)0\d/.test(text) ? text : undefined;
  }
  const name = text.toLowerCase().replace(/\.$/, '');
  if (name.length > 253) return undefined;
  const labels = name.split('.');
  const top = labels.at(-1) ?? '';
  if (labels.length < 2 || !labels.every((part) => label.test(part))) return undefined;
  // What ends in a number is read as an IPv4 address by browsers and by the resolver.
  if (/^(?:\d+|0x[\da-f]*)$/.test(top)) return undefined;
  return isReadable(name, labels) ? name : undefined;
}

/** An IPv4 address in IPv6 clothes is that IPv4 address. */
function canonicalIpv6(text: string): string | undefined {
  const inner = /^\[([\da-f:.]+)\]$/i.exec(text)?.[1];
  if (inner === undefined || !ipaddr.IPv6.isValid(inner)) return undefined;
  const address = ipaddr.IPv6.parse(inner);
  return address.isIPv4MappedAddress()
    ? address.toIPv4Address().toString()
    : `[${address.toString()}]`;
}

/** False for Punycode that stands for nothing: older versions of Node.js answer nothing then, newer ones the name. */
function isReadable(name: string, labels: readonly string[]): boolean {
  if (!labels.some((part) => part.startsWith('xn--'))) return true;
  const readable = domainToUnicode(name);
  return readable !== '' && !readable.includes('xn--');
}

/** Takes `host:port` apart; undefined where it is anything else or the host is none. */
export function readAuthority(text: string): Authority | undefined {
  const groups = /^(?<host>\[[^\]]*\]|[^:[\]]+)(?::(?<port>[1-9]\d{0,4}))?$/.exec(text)?.groups;
  const host = canonicalHost(groups?.['host'] ?? '');
  if (host === undefined) return undefined;
  if (groups?.['port'] === undefined) return { host };
  const port = Number(groups['port']);
  return port > 65535 ? undefined : { host, port };
}

/** The name as people read it, where that differs. */
export function readableName(host: string): string | undefined {
  const readable = host.includes('xn--') ? domainToUnicode(host) : '';
  return readable === '' || readable === host ? undefined : readable;
}

/** Scripts whose letters are taken for each other, and all the rest. */
const scripts: readonly RegExp[] = [
  ...[/\p{sc=Latin}/u, /\p{sc=Cyrillic}/u, /\p{sc=Greek}/u, /\p{sc=Armenian}/u],
  /[^\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{sc=Armenian}\p{sc=Common}\p{sc=Inherited}]/u,
];

/** True where one part of a name has letters of more than one script, as forged names do. */
export function mixesScripts(readable: string): boolean {
  return readable
    .split('.')
    .some((part) => scripts.filter((script) => script.test(part)).length > 1);
}
