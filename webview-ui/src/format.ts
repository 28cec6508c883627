import * as l10n from '@vscode/l10n';

/** The language of the page, as Intl knows it; English where there is no page. */
function language(): string {
  return typeof document === 'undefined' ? 'en' : document.documentElement.lang || 'en';
}

/** A number as people write it: `1,240`. */
export function formatNumber(number: number, options?: Intl.NumberFormatOptions): string {
  return number.toLocaleString(language(), options);
}

/** A share from 0 to 1 in whole percent: `7%`. */
export function formatShare(share: number): string {
  return formatNumber(share, { style: 'percent' });
}

/** `1 file`, `2 files`. */
export function filesWords(count: number): string {
  return count === 1 ? l10n.t('1 file') : l10n.t('{0} files', formatNumber(count));
}

/** What a button says that shows the rest of a diff. */
export function moreLinesWords(count: number): string {
  return count === 1
    ? l10n.t('Show 1 more line')
    : l10n.t('Show {0} more lines', formatNumber(count));
}

/** Parts of a line that do not make a sentence, one after the other: `changed 1 file, ran 2 commands`. */
export function joinParts(parts: readonly string[]): string {
  return parts.length === 0 ? '' : parts.reduce((before, part) => l10n.t('{0}, {1}', before, part));
}

/** The same text with a capital at its start. */
export function capitalize(text: string): string {
  return text.charAt(0).toLocaleUpperCase(language()) + text.slice(1);
}

/** A duration for people: `0.3 s`, `41 s`, `2 min 5 s`. */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) {
    const tenths = formatNumber(seconds, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    return l10n.t('{0} s', tenths);
  }
  const whole = Math.round(seconds);
  return whole < 60
    ? l10n.t('{0} s', whole)
    : l10n.t('{0} min {1} s', Math.floor(whole / 60), whole % 60);
}

/** Seconds on a running clock: `0:03`, `12:40`. */
export function formatClock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** A token count in little room: `840`, `18k`, `1.2M`. */
export function formatCompact(count: number): string {
  if (count < 1000) return String(count);
  if (count < 999_500) return `${Math.round(count / 1000)}k`;
  const fraction = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return `${formatNumber(count / 1_000_000, fraction)}M`;
}

/** US dollars: `$0.03`, `$12.40`; less than a cent is `<$0.01`. */
export function formatCost(dollars: number): string {
  const written = (amount: number) => formatNumber(amount, { style: 'currency', currency: 'USD' });
  return dollars < 0.005 ? `<${written(0.01)}` : written(dollars);
}

/** How long ago, in a word or two: `now`, `5 min`, `3 h`, `2 d`, then the date. */
export function formatAge(at: number, now: number): string {
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes < 1) return l10n.t('now');
  if (minutes < 60) return l10n.t('{0} min', minutes);
  if (minutes < 24 * 60) return l10n.t('{0} h', Math.floor(minutes / 60));
  if (minutes < 7 * 24 * 60) return l10n.t('{0} d', Math.floor(minutes / (24 * 60)));
  return new Date(at).toLocaleDateString(language(), {
    month: 'short',
    day: 'numeric',
    year: 'numeric',
  });
}

/** Splits a path for drawing the folder dim and the name strong. */
export function splitPath(path: string): { readonly folder: string; readonly name: string } {
  const cut = path.lastIndexOf('/') + 1;
  return { folder: path.slice(0, cut), name: path.slice(cut) };
}
