import { anchorAt, findPlace, linesOf } from '../changes/commentPlace';
import type { Content } from '../changes/content';
import type { ReviewFinding } from '../protocol/review';

/**
 * A finding about an older version of a file with its lines as they are now. Where its text is not there any more, or
 * another one stands in its place, it keeps the lines of then and says so.
 */
export function placeToday(finding: ReviewFinding, then: Content, now: Content): ReviewFinding {
  const { startLine, endLine } = finding;
  const place = then && findPlace(linesOf(now), anchorAt(linesOf(then), startLine, endLine));
  if (!place || place.standing === 'changed') return { ...finding, gone: true };
  if (place.startLine === startLine) return finding;
  const { startLine: start, endLine: end } = place;
  return { ...finding, startLine: start, endLine: end, then: { startLine, endLine } };
}
