import * as l10n from '@vscode/l10n';
import { nameFew } from '../base/nameFew';
import { relativeToRoot } from '../base/paths';
import type { Content } from '../changes/content';
import { decodePair } from '../changes/textFile';
import { maxDiffLines } from '../changes/unifiedDiff';
import { obeyedPart, protectedReason } from '../policy/protectedPaths';
import type { TreeChange } from '../ports/contentStore';
import type { FileChangeSummary } from '../protocol/items';
import type { ThreadState } from '../protocol/threadState';
import { spellOut } from '../protocol/visibleText';

/** Files named in one notice, and parts of paths in one question. */
const maxNamed = 5;

/** Why what a command wrote stays taken back. */
export type StaysBack = 'denied' | 'nobody' | 'over' | 'unshown';

/** What the person is told of files that stay taken back. */
export function takenBackNotice(paths: readonly string[], why: StaysBack): string {
  const what = l10n.t(
    'What a command in the sandbox wrote was taken back, because other programs obey it: {0}.',
    nameFew(paths.map(spellOut), maxNamed),
  );
  return `${what} ${staysBackReason(why)}`;
}

/** What the person is told of questions that were open when their host ended. */
export function unansweredNotices({ approvals, cwd }: ThreadState): readonly string[] {
  return approvals.flatMap(({ subject }) => {
    if (subject.kind !== 'patch' || subject.writtenBy === undefined) return [];
    const paths = subject.paths.map((path) => relativeToRoot(cwd, cwd, path) ?? path);
    return [takenBackNotice(paths, 'over')];
  });
}

/** What the person is told of files that they allowed and that could not be written again; `why` is a sentence. */
export function failureNotice(paths: readonly string[], why: string): string {
  const what = l10n.t(
    'What a command in the sandbox wrote could not be written again, as you allowed: {0}.',
    nameFew(paths.map(spellOut), maxNamed),
  );
  return `${what} ${why}`;
}

/** Why it stays taken back, as a sentence. */
export function staysBackReason(why: StaysBack): string {
  switch (why) {
    case 'denied':
      return l10n.t('You did not allow it.');
    case 'nobody':
      return l10n.t('There was nobody to ask.');
    case 'over':
      return l10n.t('The turn was over before you were asked or had answered.');
    case 'unshown':
      return l10n.t('It is a link, or too long to be shown in a question.');
  }
}

/** Why the person is asked about these files, as phrases. */
export function obeyedReasons(paths: readonly string[]): readonly string[] {
  const parts = new Set(paths.flatMap((path) => obeyedPart(path) ?? []));
  return [
    l10n.t('a command in the sandbox wrote it'),
    ...[...parts].slice(0, maxNamed).map(protectedReason),
  ];
}

/** All that a command wrote into one file, as a question shows it; undefined where that would leave something out. */
export function wholeText(
  { path, executable }: TreeChange,
  before: Content,
  after: Uint8Array,
  { kind, diff }: FileChangeSummary,
): string | undefined {
  if (lineCount(diff) > maxDiffLines) return undefined;
  const lines = [`*** ${kind === 'add' ? 'Add' : 'Update'} File: ${spellOut(path)}`];
  if (executable?.after && !executable.before) lines.push(`(${l10n.t('may be executed')})`);
  if (executable?.before && !executable.after) {
    lines.push(`(${l10n.t('may not be executed any more')})`);
  }
  if (!decodePair(before, after)) lines.push(`(${l10n.t('no text, {0} bytes', after.length)})`);
  return `${lines.join('\n')}\n${diff}`;
}

function lineCount(diff: string): number {
  return diff.split('\n').length - 1;
}
