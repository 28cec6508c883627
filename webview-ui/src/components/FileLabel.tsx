import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import { spellOut } from '../../../src/protocol/visibleText';
import { formatNumber, splitPath } from '../format';
import { VisibleText } from './VisibleText';

/** A path with its folder dim and its name strong; where room is short the folder gives way first. */
export function FileLabel(props: { readonly path: string }): ReactElement {
  const { folder, name } = splitPath(props.path);
  return (
    <span className="file-label" title={spellOut(props.path)}>
      {folder && (
        <span className="file-folder">
          <VisibleText kind="name" text={folder} />
        </span>
      )}
      <span className="file-name">
        <VisibleText kind="name" text={name} />
      </span>
    </span>
  );
}

/** `+3 −2`, with words for screen readers. */
export function LineCounts(props: {
  readonly added: number;
  readonly removed: number;
}): ReactElement {
  const { added, removed } = props;
  return (
    <span className="line-counts">
      <span className="visually-hidden">{l10n.t('{0} added, {1} removed', added, removed)}</span>
      <span aria-hidden="true">
        <span className="added-count">+{formatNumber(added)}</span>{' '}
        <span className="removed-count">−{formatNumber(removed)}</span>
      </span>
    </span>
  );
}
