/** An address on the web, read as browsers read it, whatever it is dressed up as. */
export interface WebAddress {
  /** The whole address without a user name or password, its host in ASCII. */
  readonly href: string;
  /** The host it really leads to, in ASCII (Punycode where a name has other letters), with a port that is unusual. */
  readonly host: string;
  /** True where a user name or password stood before the host, as in `https://good.example@evil.example`. */
  readonly hadUser: boolean;
}

const schemes: ReadonlySet<string> = new Set(['http:', 'https:']);

/** Reads an address; undefined for whatever is not `http` or `https`, such as `command:`, `file:` or `javascript:`. */
export function readWebAddress(text: string): WebAddress | undefined {
  // Without the two slashes it would be read as an address all the same: nobody writes one so.
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (!schemes.has(url.protocol) || url.hostname === '') return undefined;
  const hadUser = url.username !== '' || url.password !== '';
  url.username = '';
  url.password = '';
  return { href: url.href, host: url.host, hadUser };
}

/** True where the words of a link say by themselves which host it leads to, so that nobody is deceived. */
export function saysHost(words: string, { host, hadUser }: WebAddress): boolean {
  if (hadUser) return false;
  const said = /^(?:https?:\/\/)?(?<host>[a-z\d.:[\]-]+)(?:[/?#]|$)/i.exec(words.trim());
  return said?.groups?.['host']?.toLowerCase() === host;
}
