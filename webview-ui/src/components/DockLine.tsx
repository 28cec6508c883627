import type { ReactElement, ReactNode } from 'react';
import { Icon } from './Icon';

/** The head of a region over the composer, which folds it away. */
export function DockLine(props: {
  readonly title: string;
  readonly open: boolean;
  readonly onToggle: () => void;
  /** What stands behind the title. */
  readonly children: ReactNode;
}): ReactElement {
  const { title, open, onToggle, children } = props;
  return (
    <button type="button" className="dock-line" aria-expanded={open} onClick={onToggle}>
      <Icon name={open ? 'chevron-down' : 'chevron-right'} />
      <strong>{title}</strong>
      {children}
    </button>
  );
}
