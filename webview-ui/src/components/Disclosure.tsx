import { useId, type ReactElement, type ReactNode } from 'react';
import { Icon } from './Icon';
import { useRemembered } from './useRemembered';

/** One line that opens to more. What is folded is not drawn at all. */
export function Disclosure(props: {
  /** The line itself. */
  readonly summary: ReactNode;
  /** What stands at the line's end, such as a duration. */
  readonly aside?: ReactNode;
  readonly className?: string;
  /** Under which it is remembered, out of sight, whether it stands open. */
  readonly memory?: string;
  readonly children: ReactNode;
}): ReactElement {
  const { summary, aside, className = '', memory, children } = props;
  const [open, setOpen] = useRemembered(memory, false);
  const id = useId();
  return (
    <div className={`disclosure ${className}`}>
      <button
        type="button"
        className="disclosure-line"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <Icon name={open ? 'chevron-down' : 'chevron-right'} />
        <span className="disclosure-summary">{summary}</span>
        {aside !== undefined && <span className="aside">{aside}</span>}
      </button>
      {open && (
        <div id={id} className="disclosure-body">
          {children}
        </div>
      )}
    </div>
  );
}
