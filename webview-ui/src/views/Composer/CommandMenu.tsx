import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import type { OfferedCommand } from './offeredCommands';
import type { CommandMenuState } from './useCommandMenu';

/** The commands that may be meant, over the text that is typed; the text keeps the focus. */
export function CommandMenu(props: {
  readonly menu: CommandMenuState;
  readonly onChoose: (command: OfferedCommand) => void;
}): ReactElement | null {
  const { offered, active, id } = props.menu;
  if (offered.length === 0) return null;
  return (
    <ul className="command-menu" role="listbox" id={id} aria-label={l10n.t('Commands')}>
      {offered.map((command, place) => (
        <li
          key={command.text}
          id={`${id}-${place}`}
          role="option"
          aria-selected={place === active}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => props.onChoose(command)}
        >
          <strong>{command.text}</strong>
          <span className="muted">{command.about}</span>
        </li>
      ))}
    </ul>
  );
}
