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
  /** Place of the entry that Enter chooses. */
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
  readonly choose: (entry: Entry) => void;
  /** Puts an entry into the text for going on; Tab chooses where it is absent. */
  readonly complete?: (entry: Entry) => void;
}

export function useMenu<Entry extends MenuEntry>(options: MenuOptions<Entry>): MenuState {
  const { name, typed, choose, complete = choose } = options;
  const id = useId();
  const [closedAt, setClosedAt] = useState<string | null>(null);
  const [marked, setMarked] = useState({ typed: '', place: 0 });
  const open = typed !== closedAt;
  const entries = open ? options.entries : [];
  // What was marked counts for the text it was marked at.
  const active = marked.typed === typed ? Math.min(marked.place, entries.length - 1) : 0;
  const move = (by: number) =>
    setMarked({ typed, place: (active + by + entries.length) % entries.length });

  function takeKey(event: KeyboardEvent): boolean {
    const entry = entries[active];
    if (!entry || event.shiftKey || event.altKey) return false;
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Escape') setClosedAt(typed);
    else if (event.key === 'Tab') complete(entry);
    else if (event.key === 'Enter') choose(entry);
    else return false;
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
