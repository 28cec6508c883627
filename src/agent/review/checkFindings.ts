import { relativeToRoot } from '../../base/paths';
import type { FileChangeSummary } from '../../protocol/items';
import { severities, type ReviewFinding } from '../../protocol/review';
import { diffHunks, overlaps, type DiffHunk, type Lines } from './diffLines';
import type { AnsweredFinding } from './reviewAnswer';

/** Findings that are shown, and how many were not about lines that changed. */
export interface CheckedFindings {
  readonly findings: readonly ReviewFinding[];
  readonly leftOut: number;
}

/**
 * Keeps the findings about lines that changed, on lines that exist, each once, worst first.
 * @param cwd absolute folder that the paths of the diff are relative to.
 */
export function checkFindings(
  answered: readonly AnsweredFinding[],
  files: readonly FileChangeSummary[],
  { cwd, newId }: { readonly cwd: string; readonly newId: () => string },
): CheckedFindings {
  const hunksOf = new Map(
    files.map(({ path, kind, diff }) => [path, diffHunks(diff, kind === 'delete' ? 'old' : 'new')]),
  );
  const kept: ReviewFinding[] = [];
  let leftOut = 0;
  for (const finding of answered) {
    const { absolute_file_path, line_range } = finding.code_location;
    const path = relativeToRoot(cwd, cwd, absolute_file_path);
    const hunks = path === undefined ? undefined : hunksOf.get(path);
    const lines = hunks && placeIn(hunks, line_range);
    const title = oneLine(finding.title);
    if (path === undefined || !lines || title === '') {
      leftOut += 1;
      continue;
    }
    kept.push({
      id: newId(),
      title,
      body: finding.body.trim(),
      severity: severities[Math.min(Math.max(finding.priority, 0), 3)] ?? 'minor',
      confidence: Math.min(Math.max(finding.confidence_score, 0), 1),
      path,
      startLine: lines.start,
      endLine: lines.end,
    });
  }
  return { findings: mergeDuplicates(kept.sort(byWeight)), leftOut };
}

/**
 * The part of a range that the diff shows, where it touches a change; a range that misses a change by the lines of
 * context around it is moved onto it. Undefined where it is about something else.
 */
function placeIn(hunks: readonly DiffHunk[], { start, end }: Lines): Lines | undefined {
  const range = { start: Math.min(start, end), end: Math.max(start, end) };
  // A file without text, such as a binary one, changed as a whole.
  if (hunks.length === 0) return { start: 1, end: 1 };
  const hunk = hunks.find((each) => each.changed.some((changed) => overlaps(changed, range)));
  if (hunk) {
    const { shown } = hunk;
    return { start: Math.max(range.start, shown.start), end: Math.min(range.end, shown.end) };
  }
  const near = hunks.find(({ shown }) => overlaps(shown, range));
  return near?.changed.toSorted((a, b) => distance(a, range) - distance(b, range))[0];
}

function distance(a: Lines, b: Lines): number {
  return Math.max(0, a.start - b.end, b.start - a.end);
}

function byWeight(a: ReviewFinding, b: ReviewFinding): number {
  const severity = severities.indexOf(a.severity) - severities.indexOf(b.severity);
  return severity || b.confidence - a.confidence;
}

/** The weightier of two findings that say the same of the same lines stands for both. */
function mergeDuplicates(sorted: readonly ReviewFinding[]): readonly ReviewFinding[] {
  const kept: ReviewFinding[] = [];
  for (const finding of sorted) {
    if (!kept.some((other) => isSameFinding(other, finding))) kept.push(finding);
  }
  return kept;
}

function isSameFinding(a: ReviewFinding, b: ReviewFinding): boolean {
  const linesOf = ({ startLine, endLine }: ReviewFinding) => ({ start: startLine, end: endLine });
  return saysTheSame(a, b) && overlaps(linesOf(a), linesOf(b));
}

/** True where two findings say the same of one file, on whichever lines: those move with every edit. */
export function saysTheSame(a: ReviewFinding, b: ReviewFinding): boolean {
  return a.path === b.path && words(a.title) === words(b.title);
}

function words(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Models put the priority before the title; it has a field of its own. */
function oneLine(title: string): string {
  return title
    .replace(/^\s*\[?P[0-3]\]?:?\s+/, '')
    .replace(/\s+/g, ' ')
    .trim();
}
