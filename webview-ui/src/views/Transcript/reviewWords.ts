import * as l10n from '@vscode/l10n';
import type { ReviewTarget } from '../../../../src/protocol/review';
import { findingsWords } from '../Findings/findingWords';

/** What was reviewed, and how much was found. */
export function reviewedWords(target: ReviewTarget, count: number): string {
  switch (target.kind) {
    case 'uncommitted':
      return l10n.t('Reviewed the uncommitted changes: {0}', findingsWords(count));
    case 'base':
      return l10n.t('Reviewed the changes since {0}: {1}', target.ref, findingsWords(count));
    case 'commit':
      return l10n.t('Reviewed the commit {0}: {1}', target.sha.slice(0, 12), findingsWords(count));
    case 'turn':
      return l10n.t("Reviewed the turn's changes: {0}", findingsWords(count));
  }
}
