const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  millisecond: 1,
  s: 1000,
  sec: 1000,
  second: 1000,
  m: 60_000,
  min: 60_000,
  minute: 60_000,
  h: 3_600_000,
  hour: 3_600_000,
};

/**
 * How long a server asks to wait, in milliseconds: from `retry-after-ms`, from `retry-after` (seconds or a date,
 * RFC 9110 section 10.2.3), or from words like "try again in 1m30s". Undefined where it does not say. A date is read
 * by the server's own clock where it tells the time: ours may be wrong, or jump.
 */
export function parseRetryAfter(
  headers: Headers | undefined,
  message = '',
  now: number = Date.now(),
): number | undefined {
  const exact = nonNegative(headers?.get('retry-after-ms'));
  if (exact !== undefined) return exact;
  const header = headers?.get('retry-after');
  const seconds = nonNegative(header);
  if (seconds !== undefined) return seconds * 1000;
  const date = header && /[a-z]{3}/i.test(header) ? Date.parse(header) : NaN;
  const serverNow = Date.parse(headers?.get('date') ?? '');
  if (Number.isFinite(date)) {
    return Math.max(0, date - (Number.isFinite(serverNow) ? serverNow : now));
  }
  return parseWords(message);
}

function nonNegative(text: string | null | undefined): number | undefined {
  if (!text?.trim()) return undefined;
  const value = Number(text);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

function parseWords(message: string): number | undefined {
  const found = /(?:try again|retry) (?:in|after) ((?:\d+(?:\.\d+)?\s*[a-z]+\s*)+)/i.exec(message);
  if (!found?.[1]) return undefined;
  let total: number | undefined;
  for (const [, amount, unit] of found[1].matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/gi)) {
    const name = (unit ?? '').toLowerCase();
    const ms = unitMs[name] ?? unitMs[name.replace(/s$/, '')];
    if (ms === undefined) break;
    total = (total ?? 0) + Number(amount) * ms;
  }
  return total === undefined ? undefined : Math.round(total);
}
