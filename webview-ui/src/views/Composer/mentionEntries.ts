import * as l10n from '@vscode/l10n';
import type { FoundMention, Mention } from '../../../../src/protocol/mentions';
import { splitPath } from '../../format';
import { scopeMarks, type TypedMention } from './mentionAt';
import type { MenuEntry } from './useMenu';

/** What choosing an entry means: something is mentioned, or only its kind is chosen and the person goes on typing. */
export interface MentionEntry extends MenuEntry {
  readonly means: { readonly mention: Mention; readonly token: string } | { readonly goOn: string };
}

/**
 * The rows for a mention that is being typed: the kinds whose name begins like it, what was found, and at last the way
 * to the symbols of that name.
 */
export function mentionEntries(
  { scope, query }: TypedMention,
  found: readonly FoundMention[],
  inRepository: boolean,
): readonly MentionEntry[] {
  const rows = found.map(foundEntry);
  if (scope !== 'all') return rows;
  const typed = query.toLowerCase();
  const kinds = kindEntries(inRepository).filter(
    ({ key, label }) => key.startsWith(typed) || label.toLowerCase().startsWith(typed),
  );
  return [...kinds, ...rows, ...(query === '' ? [] : [symbolSearch(query)])];
}

function kindEntries(inRepository: boolean): readonly MentionEntry[] {
  const goOn = (mark: string) => ({ goOn: `@${mark}` });
  const whole = (kind: 'problems' | 'terminal' | 'diff', token: string) => ({
    mention: { kind },
    token,
  });
  return [
    {
      ...{ key: 'files', icon: 'file', label: l10n.t('Files'), about: '' },
      means: goOn(scopeMarks.file),
    },
    {
      ...{ key: 'folders', icon: 'folder', label: l10n.t('Folders'), about: '' },
      means: goOn(scopeMarks.folder),
    },
    {
      ...{ key: 'symbols', icon: 'symbol-method', label: l10n.t('Symbols'), about: '' },
      means: goOn(scopeMarks.symbol),
    },
    {
      ...{ key: 'problems', icon: 'warning', label: l10n.t('Problems') },
      about: l10n.t('Errors and warnings of this folder'),
      means: whole('problems', '@problems'),
    },
    {
      ...{ key: 'terminal', icon: 'terminal', label: l10n.t('Terminal') },
      about: l10n.t('What the last command printed'),
      means: whole('terminal', '@terminal'),
    },
    ...(inRepository
      ? [
          {
            ...({ key: 'git diff', icon: 'diff-multiple', label: l10n.t('Git diff') } as const),
            about: l10n.t('What is not committed'),
            means: whole('diff', '@git-diff'),
          },
        ]
      : []),
  ];
}

function foundEntry(found: FoundMention): MentionEntry {
  const { open: _, ...mention } = found;
  const { folder, name } = splitPath(found.path);
  const key = `${found.kind} ${found.path}`;
  switch (found.kind) {
    case 'symbol': {
      const { container, startLine } = found;
      const place = `${found.path}:${startLine}`;
      return {
        key: `${key} ${found.name} ${startLine}`,
        icon: 'symbol-method',
        label: found.name,
        about: container === '' ? place : `${container} · ${place}`,
        means: { mention, token: `@${found.name}` },
      };
    }
    case 'folder':
      return {
        ...{ key, icon: 'folder', label: `${name}/`, about: folder },
        means: { mention, token: `@${found.path}/` },
      };
    case 'file':
      return {
        ...{ key, icon: 'file', label: name },
        about: found.open ? l10n.t('{0} open in an editor', folder).trim() : folder,
        means: { mention, token: `@${found.path}` },
      };
  }
}

const symbolSearchKey = 'symbol search';

/** True where rows stand for something that was found, or for a kind; the way to the symbols alone is an offer. */
export function answersQuery(entries: readonly MentionEntry[]): boolean {
  return entries.some(({ key }) => key !== symbolSearchKey);
}

function symbolSearch(query: string): MentionEntry {
  return {
    key: symbolSearchKey,
    icon: 'symbol-method',
    label: l10n.t('Symbols named “{0}”', query),
    about: '',
    means: { goOn: `@${scopeMarks.symbol}${query}` },
  };
}
