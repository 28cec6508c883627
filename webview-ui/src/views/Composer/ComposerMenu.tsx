import type { ReactElement } from 'react';
import { spellOut } from '../../../../src/protocol/visibleText';
import { Icon } from '../../components/Icon';
import { VisibleText } from '../../components/VisibleText';
import type { MenuState } from './useMenu';

/** What may be meant by the text that is typed, over it; the text keeps the focus. */
export function ComposerMenu(props: { readonly menu: MenuState }): ReactElement | null {
  const { entries, active, id, name, choose, empty } = props.menu;
  if (entries.length === 0) {
    if (empty === undefined) return null;
    return (
      <p className="composer-menu muted" role="status">
        {empty}
      </p>
    );
  }
  return (
    <ul className="composer-menu" role="listbox" id={id} aria-label={name}>
      {entries.map((entry, place) => (
        <li
          key={entry.key}
          id={`${id}-${place}`}
          role="option"
          aria-selected={place === active}
          title={spellOut(entry.about === '' ? entry.label : `${entry.label} ${entry.about}`)}
          ref={place === active ? scrollIntoView : undefined}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => choose(place)}
        >
          {entry.icon && <Icon name={entry.icon} />}
          <strong>
            <VisibleText kind="name" text={entry.label} />
          </strong>
          {entry.about !== '' && (
            <span className="muted">
              <VisibleText kind="name" text={entry.about} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function scrollIntoView(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: 'nearest' });
}
