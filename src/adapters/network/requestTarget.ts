import type { IncomingHttpHeaders } from 'node:http';
import { readAuthority } from './hostName';
import type { HostRequest } from './hostGate';

/** A request in absolute form, taken apart; `path` begins with a slash. */
export interface RequestTarget {
  readonly ok: true;
  readonly request: HostRequest;
  readonly path: string;
}

export interface BadTarget {
  readonly ok: false;
  /** A sentence. */
  readonly reason: string;
  /** What was asked for, for the record. */
  readonly seen: { readonly host: string; readonly port: number };
}

/** Methods that only ask; a body makes any of them one that sends. */
const readingMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Methods that hand a proxy something to do that we do not do. */
const refusedMethods: ReadonlySet<string> = new Set(['TRACE', 'TRACK', 'CONNECT']);

/**
 * Reads the target of a proxied request by its letters; a URL parser would make hosts of what is none (`0x7f.1`, `%2f`).
 */
export function readTarget(
  method: string,
  url: string,
  headers: IncomingHttpHeaders,
): RequestTarget | BadTarget {
  const groups = /^http:\/\/(?<authority>[^/?#\\\s]*)(?<path>[/?][!-~]*)?$/i.exec(url)?.groups;
  const authority = readAuthority(groups?.['authority'] ?? '');
  if (!groups || !authority) {
    return bad(
      seenHost(url),
      `This proxy takes http:// addresses with a plain host name, and CONNECT`,
    );
  }
  const { host, port = 80 } = authority;
  if (refusedMethods.has(method)) return bad(host, `The method ${method} is not forwarded`, port);
  const path = groups['path'] ?? '/';
  const hasBody =
    headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  const writing = hasBody || !readingMethods.has(method);
  return {
    ok: true,
    request: { host, port, method, writing },
    path: path.startsWith('/') ? path : `/${path}`,
  };
}

/** Room for a name; what is longer is none. */
const mostHostCharacters = 260;

/** What stands where a host should, for the record: nothing of a path, no user name and no password. */
export function seenHost(url: string): string {
  const authority = url.replace(/^[a-z][a-z\d+.-]*:\/\//i, '').replace(/[/?#][^]*$/, '');
  return authority.slice(authority.lastIndexOf('@') + 1).slice(0, mostHostCharacters);
}

function bad(host: string, reason: string, port = 0): BadTarget {
  return { ok: false, reason: `${reason}.`, seen: { host, port } };
}
