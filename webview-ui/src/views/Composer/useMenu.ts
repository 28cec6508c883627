import { useId, useState, type KeyboardEvent } from 'react';
import type { IconName } from '../../components/Icon';

/** A row of a menu over the composer. */
export interface MenuEntry {
  /** Different for each row. */
  readonly key: string;
  readonly icon?: IconName;
  readonly label: string;
  /** Empty where the label says it all. */
  readonly about: string;
}

/** A menu over the composer while something is typed that it knows. */
export interface MenuState {
  /** Accessible name. */
  readonly name: string;
  readonly entries: readonly MenuEntry[];
  /** Place of the entry that Enter chooses; -1 for none, so that Enter is for the text. */
  readonly active: number;
  /** Of the list, and before the places of its options. */
  readonly id: string;
  /** Said where nothing is found for what is typed. */
  readonly empty?: string | undefined;
  readonly choose: (place: number) => void;
  /** True where the menu took the key. */
  takeKey(event: KeyboardEvent): boolean;
}

/** What a menu is made of. */
export interface MenuOptions<Entry extends MenuEntry> {
  readonly name: string;
  /** What the entries are for; Escape closes the menu until it is something else. */
  readonly typed: string;
  readonly entries: readonly Entry[];
  readonly empty?: string | undefined;
  /** `pending`: Enter waits for what is found; `none`: it is for the text until an entry is marked with the arrows. */
  readonly enter?: 'first' | 'pending' | 'none';
  readonly choose: (entry: Entry) => void;
  /** Puts an entry into the text for going on; Tab chooses where it is absent. */
  readonly complete?: (entry: Entry) => void;
}

export function useMenu<Entry extends MenuEntry>(options: MenuOptions<Entry>): MenuState {
  const { name, typed, enter = 'first', choose, complete = choose } = options;
  const id = useId();
  const [closedAt, setClosedAt] = useState<string | null>(null);
  const [marked, setMarked] = useState({ typed: '', place: 0 });
  const open = typed !== closedAt;
  const entries = open ? options.entries : [];
  // What was marked counts for the text it was marked at.
  const first = enter === 'first' ? 0 : -1;
  const active = marked.typed === typed ? Math.min(marked.place, entries.length - 1) : first;
  const move = (by: number) => {
    const from = active < 0 && by < 0 ? 0 : active;
    setMarked({ typed, place: (from + by + entries.length) % entries.length });
  };

  function takeKey(event: KeyboardEvent): boolean {
    const isShown = entries.length > 0 || (open && options.empty !== undefined);
    if (!isShown || event.shiftKey || event.altKey) return false;
    const entry = entries[active];
    if (event.key === 'Escape') setClosedAt(typed);
    else if (event.key === 'Enter' && !entry && enter === 'pending') return takeOver(event);
    else if (entries.length === 0) return false;
    else if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Tab' && entry) complete(entry);
    else if (event.key === 'Enter' && entry) choose(entry);
    else return false;
    return takeOver(event);
  }

  function takeOver(event: KeyboardEvent): true {
    event.preventDefault();
    return true;
  }

  function chooseAt(place: number): void {
    const entry = entries[place];
    if (entry) choose(entry);
  }

  return {
    ...{ name, entries, active, id, takeKey },
    empty: open ? options.empty : undefined,
    choose: chooseAt,
  };
}
