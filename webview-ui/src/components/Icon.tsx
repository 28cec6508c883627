import type { ReactElement } from 'react';

/** The codicons in use. */
export type IconName =
  | 'add'
  | 'archive'
  | 'arrow-down'
  | 'arrow-up'
  | 'attach'
  | 'beaker'
  | 'check'
  | 'check-all'
  | 'checklist'
  | 'chevron-down'
  | 'chevron-right'
  | 'circle-slash'
  | 'circle-small'
  | 'circle-small-filled'
  | 'close'
  | 'close-all'
  | 'comment'
  | 'copy'
  | 'dashboard'
  | 'debug-stop'
  | 'diff-multiple'
  | 'debug-restart'
  | 'discard'
  | 'edit'
  | 'error'
  | 'export'
  | 'file'
  | 'file-binary'
  | 'file-code'
  | 'file-media'
  | 'folder'
  | 'git-commit'
  | 'go-to-file'
  | 'history'
  | 'inbox'
  | 'info'
  | 'insert'
  | 'key'
  | 'lightbulb'
  | 'list-ordered'
  | 'loading'
  | 'new-file'
  | 'note'
  | 'primitive-square'
  | 'question'
  | 'repo-forked'
  | 'search'
  | 'symbol-method'
  | 'terminal'
  | 'tools'
  | 'trash'
  | 'unfold'
  | 'warning';

/** A codicon, hidden from screen readers: the words beside it tell the same. */
export function Icon(props: {
  readonly name: IconName;
  readonly tone?: 'good' | 'bad' | 'warning' | 'muted' | 'accent';
  readonly slot?: string;
}): ReactElement {
  const { name, tone, slot } = props;
  return (
    <span
      className={`codicon codicon-${name}${name === 'loading' ? ' spinning' : ''}${tone ? ` ${tone}` : ''}`}
      aria-hidden="true"
      slot={slot}
    />
  );
}
