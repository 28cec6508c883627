import type { FileChangeSummary } from '../protocol/items';
import { decodePair } from './textFile';
import { unifiedDiff } from './unifiedDiff';

/** How one file changed, for the transcript; null stands for an absent file. */
export function summarizeChange(
  path: string,
  before: Uint8Array | null,
  after: Uint8Array | null,
): FileChangeSummary {
  const kind = before === null ? 'add' : after === null ? 'delete' : 'update';
  const texts = decodePair(before, after);
  if (!texts) return { path, kind, diff: '', added: 0, removed: 0 };
  return { path, kind, ...unifiedDiff(texts.before, texts.after) };
}
