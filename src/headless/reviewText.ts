import type { ReviewItem } from '../protocol/items';
import { placeWords } from '../protocol/findingWords';
import { findingPlace, targetLabel, type ReviewTarget } from '../protocol/review';

/** A review as a person at a terminal reads it. */
export function reviewText(item: ReviewItem): string {
  const { target, findings, verdict, explanation, status } = item;
  if (status !== 'completed') return `Review of ${targetLabel(target)}: ${status}\n`;
  const found = findings.map((finding) => {
    const note = placeWords(finding);
    const sure = `${Math.round(finding.confidence * 100)} % sure${note && `, ${note}`}`;
    const body = finding.body.trimEnd().replace(/^(?=.)/gm, '  ');
    return `${findingPlace(finding)}: ${finding.severity}: ${finding.title} (${sure})\n${body}\n`;
  });
  const count = findings.length === 1 ? '1 finding' : `${findings.length || 'no'} findings`;
  const summary = `Review of ${targetLabel(target)}: ${verdict ?? 'no verdict'}, ${count}\n`;
  return [summary, ...found, ...(explanation ? [`${explanation}\n`] : [])].join('\n');
}

/** A review as a line of `exec --json`. */
export function reviewLine(item: ReviewItem, status: string): Readonly<Record<string, unknown>> {
  return {
    id: item.id,
    type: 'review',
    target: targetLine(item.target),
    findings: item.findings.map((finding) => ({
      title: finding.title,
      body: finding.body,
      severity: finding.severity,
      confidence: finding.confidence,
      path: finding.path,
      start_line: finding.startLine,
      end_line: finding.endLine,
      ...(finding.then && {
        commit_start_line: finding.then.startLine,
        commit_end_line: finding.then.endLine,
      }),
      ...(finding.gone && { gone: true }),
    })),
    verdict: item.verdict ?? null,
    explanation: item.explanation,
    status,
  };
}

function targetLine(target: ReviewTarget): Readonly<Record<string, unknown>> {
  if (target.kind === 'turn') return { kind: target.kind, turn_id: target.turnId };
  return { ...target };
}
