import * as l10n from '@vscode/l10n';
import { findingPlace, type ReviewFinding, type Severity } from './review';

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

/** What is to be said of a place that is not simply in the file; empty where it is. */
export function placeWords({ then, gone }: ReviewFinding): string {
  if (gone) return l10n.t('in the commit; the file has other text by now');
  return then ? l10n.t('line {0} of the commit', then.startLine) : '';
}

/** What the person says to the agent where they want a finding fixed. */
export function fixRequest(finding: ReviewFinding): string {
  const about = [severityWord(finding.severity), placeWords(finding)].filter(Boolean).join(', ');
  return [
    l10n.t('Fix this review finding. Check first that it is right, and say so where it is not.'),
    `${findingPlace(finding)} (${about}): ${finding.title}`,
    finding.body,
  ].join('\n\n');
}
