import * as l10n from '@vscode/l10n';
import type { ReviewFinding, Severity } from '../../../../src/protocol/review';
import { formatNumber } from '../../format';

/** `no findings`, `1 finding`, `2 findings`. */
export function findingsWords(count: number): string {
  if (count === 0) return l10n.t('no findings');
  return count === 1 ? l10n.t('1 finding') : l10n.t('{0} findings', formatNumber(count));
}

/** How much a finding matters, in a word. */
export function severityWord(severity: Severity): string {
  switch (severity) {
    case 'critical':
      return l10n.t('critical');
    case 'major':
      return l10n.t('major');
    case 'minor':
      return l10n.t('minor');
    case 'nit':
      return l10n.t('nit');
  }
}

/** What `placeNote` tells the agent, told to the person: empty where the place is simply in the file. */
export function placeWords({ then, gone }: ReviewFinding): string {
  if (gone) return l10n.t('in the commit; the file has other text by now');
  return then ? l10n.t('line {0} of the commit', then.startLine) : '';
}
