/** Shorter values are words that stand in ordinary text, too. */
export const shortestSecret = 6;

/** The ways in which a secret may stand in a text, the longest first. */
export function secretForms(secret: string): readonly string[] {
  if (secret.length < shortestSecret) return [];
  const json = JSON.stringify(secret).slice(1, -1);
  const encoded = percentEncoded(secret);
  const bytes = Buffer.from(secret, 'utf8');
  const hex = bytes.toString('hex');
  const forms = [
    ...[secret, json, JSON.stringify(json).slice(1, -1), secret.replaceAll('/', '\\/')],
    ...[encoded, lowerEscapes(encoded), encodeURI(wellFormed(secret)), percentEncoded(encoded)],
    ...[encoded.replaceAll('%20', '+'), everyByteEscaped(hex), everyByteEscaped(hex).toLowerCase()],
    ...[hex, hex.toUpperCase()],
    ...[0, 1, 2].flatMap((offset) => inBase64(bytes, offset)),
  ];
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

/**
 * What of a secret's base64 does not depend on the bytes around it, where it begins so many bytes after a group of three.
 * Both alphabets.
 */
function inBase64(bytes: Buffer, offset: number): readonly string[] {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  const first = Math.ceil((offset * 8) / 6);
  const last = Math.floor(((offset + bytes.length) * 8) / 6);
  const core = text.slice(first, last);
  return [core, core.replaceAll('+', '-').replaceAll('/', '_')];
}

function percentEncoded(text: string): string {
  return encodeURIComponent(wellFormed(text));
}

/** Half a character cannot be encoded. */
function wellFormed(text: string): string {
  return text.replace(
    /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    '',
  );
}

function lowerEscapes(text: string): string {
  return text.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());
}

function everyByteEscaped(hex: string): string {
  return hex.toUpperCase().replace(/../g, '%$&');
}
