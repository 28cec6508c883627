import * as l10n from '@vscode/l10n';
import { useEffect, useId, useRef, type ReactElement, type ReactNode } from 'react';
import { IconButton } from '../../components/controls';

/** Something to read over the composer, asked for by the person: it has the focus until it is closed, also by Escape. */
export function ComposerPanel(props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactElement {
  const { title, onClose, children } = props;
  const id = useId();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus(), []);
  return (
    <section
      ref={panel}
      className="composer-panel"
      role="region"
      aria-labelledby={id}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <div className="composer-panel-head">
        <strong id={id}>{title}</strong>
        <IconButton icon="close" name={l10n.t('Close {0}', title)} onPress={onClose} />
      </div>
      {children}
    </section>
  );
}
