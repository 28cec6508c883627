import * as l10n from '@vscode/l10n';
import { formatNumber } from '../../format';

/** `no findings`, `1 finding`, `2 findings`. */
export function findingsWords(count: number): string {
  if (count === 0) return l10n.t('no findings');
  return count === 1 ? l10n.t('1 finding') : l10n.t('{0} findings', formatNumber(count));
}
