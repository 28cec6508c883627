/** Stands where a secret stood. */
export const cutOut = '…';

interface SecretPattern {
  readonly looksLike: RegExp;
  readonly becomes: string;
}

const named =
  'api[_-]?key|apikey|access[_-]?key|account[_-]?key|secret[_-]?key|secret|token|passw(?:or)?d|passphrase|pwd|credentials?|authorization|signature|client[_-]?secret';

/**
 * What secrets look like, the most telling first. Each matches in time that grows with the text alone: nothing in it can
 * be read in two ways.
 */
const patterns: readonly SecretPattern[] = [
  {
    looksLike: /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY[^]*?(?:-----END [A-Z0-9 ]{0,40}-----|$)/g,
    becomes: `[private key ${cutOut}]`,
  },
  // User and password in an address, connection strings included.
  { looksLike: /\b([a-z][a-z0-9+.-]{1,30}:\/\/)[^\s/?#"'<>@]{1,500}@/gi, becomes: `$1${cutOut}@` },
  { looksLike: /\b(Bearer|Basic|Digest|Negotiate)\s+[\w.~+/=-]{6,}/gi, becomes: `$1 ${cutOut}` },
  { looksLike: /\b(sk|sess)-(?:[\w.-]*[*…][\w*.…-]*|[\w-]{8,})/g, becomes: `$1-${cutOut}` },
  { looksLike: /\b(sk|rk|pk|whsec)_(?:live_|test_)?[A-Za-z0-9]{16,}/g, becomes: `$1_${cutOut}` },
  { looksLike: /\b(A3T[A-Z0-9]|AKIA|ASIA|AGPA|AIDA|AROA|ANPA)[A-Z0-9]{12,}/g, becomes: cutOut },
  {
    looksLike: /\b(gh[pousr]_|github_pat_|glpat-|gldt-|npm_|pypi-|hf_)[\w-]{10,}/g,
    becomes: cutOut,
  },
  { looksLike: /\bxox[a-z]-[\w-]{8,}|\bxapp-[\w-]{8,}/g, becomes: cutOut },
  { looksLike: /(hooks\.slack\.com\/services\/)[\w/]{8,}/g, becomes: `$1${cutOut}` },
  { looksLike: /\bAIza[\w-]{30,}|\bya29\.[\w-]{10,}|\bGOCSPX-[\w-]{10,}/g, becomes: cutOut },
  { looksLike: /\bSG\.[\w-]{10,}\.[\w-]{10,}/g, becomes: cutOut },
  // A JSON web token, also one that was cut.
  { looksLike: /\beyJ[\w-]{6,}(?:\.[\w-]+){0,2}/g, becomes: cutOut },
  {
    looksLike: new RegExp(`((?:${named})["']?\\s{0,3}[=:]\\s{0,3}["']?)[^\\s"'&;,<>…]{4,}`, 'gi'),
    becomes: `$1${cutOut}`,
  },
  { looksLike: /([?&](?:key|sig|code|auth|access_token)=)[^\s"'&<>…]+/gi, becomes: `$1${cutOut}` },
  // Who somebody is belongs into no log either.
  { looksLike: /[\w.+-]{1,64}(?:@|%40)(?:[\w-]{1,63}\.){1,6}[a-z]{2,24}\b/gi, becomes: cutOut },
];

/** The text without what looks like a secret. */
export function redactPatterns(text: string): string {
  return patterns.reduce((rest, { looksLike, becomes }) => rest.replace(looksLike, becomes), text);
}
