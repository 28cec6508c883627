import type { Evidence } from '../protocol/items';
import type { ThreadState } from '../protocol/threadState';

/** A check of a thread and what it shows of the files as they are now. */
export interface ThreadCheck {
  readonly label: string;
  readonly kind: Evidence['kind'];
  /** `notVerified`: it ran before the last edit, or was claimed and never ran. */
  readonly outcome: 'passed' | 'failed' | 'notVerified';
}

/**
 * The checks of all turns, each as it ended last, in the order of those runs. What ran before a later turn wrote files
 * shows nothing any more.
 */
export function threadChecks({
  turns,
  writes,
}: Pick<ThreadState, 'turns' | 'writes'>): ThreadCheck[] {
  const checks = new Map<string, ThreadCheck>();
  for (const turn of turns) {
    if (writes.some(({ turnId }) => turnId === turn.id)) {
      for (const [key, check] of checks) checks.set(key, { ...check, outcome: 'notVerified' });
    }
    const answer = turn.entries.findLast((entry) => entry.type === 'agentMessage');
    for (const { label, kind, verdict } of answer?.evidence ?? []) {
      const outcome = verdict === 'outdated' ? 'notVerified' : verdict;
      // Taken out first, so that the order is that of the last runs.
      checks.delete(label);
      checks.set(label, { label, kind, outcome });
    }
  }
  // A kind that was only claimed is settled by a run of that kind.
  return [...checks.values()].filter(
    ({ label, kind, outcome }) =>
      outcome !== 'notVerified' ||
      ![...checks.values()].some(
        (other) => other.label !== label && other.kind === kind && other.outcome !== 'notVerified',
      ),
  );
}

const outcomeWords = { passed: 'passed', failed: 'failed', notVerified: 'not verified' } as const;

/** The checks as lines of Markdown; one that says so where none ran. */
export function checkLines(checks: readonly ThreadCheck[]): readonly string[] {
  if (checks.length === 0) return ['- Not verified: no test, lint, type check or build ran.'];
  return checks.map(({ label, outcome }) => `- ${code(label)}: ${outcomeWords[outcome]}`);
}

function code(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``;
}
