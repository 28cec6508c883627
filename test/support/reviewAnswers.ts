/** A finding as a reviewer answers it, about lines of a file. */
export function answeredFinding(
  path: string,
  [start, end]: readonly [number, number],
  more: Readonly<Record<string, unknown>> = {},
) {
  return {
    title: 'Replace every space',
    body: 'Only the first space becomes a dash, so `a b c` gives `a-b c`.',
    priority: 1,
    confidence_score: 0.9,
    code_location: { absolute_file_path: path, line_range: { start, end } },
    ...more,
  };
}

/** The text of a reviewer's whole answer. */
export function reviewAnswer(...findings: readonly unknown[]): string {
  return JSON.stringify({
    findings,
    overall_correctness: findings.length > 0 ? 'patch is incorrect' : 'patch is correct',
    overall_explanation:
      findings.length > 0 ? 'It is wrong for long names.' : 'It does what it says.',
    overall_confidence_score: 0.9,
  });
}
