import { useId, useState, type KeyboardEvent } from 'react';
import type { UserInput } from '../../../../src/protocol/input';
import { offeredCommands, type OfferedCommand } from './offeredCommands';

/** The menu over the composer while a command is typed. */
export interface CommandMenuState {
  readonly offered: readonly OfferedCommand[];
  /** Place of the command that Enter runs. */
  readonly active: number;
  /** Of the list, and before the places of its options. */
  readonly id: string;
  /** True where the menu took the key. */
  takeKey(event: KeyboardEvent): boolean;
}

/** @param run runs a command, @param complete puts it into the text for going on. */
export function useCommandMenu(
  draft: UserInput,
  run: (command: OfferedCommand) => void,
  complete: (command: OfferedCommand) => void,
): CommandMenuState {
  const id = useId();
  const [closedAt, setClosedAt] = useState<string | null>(null);
  const [marked, setMarked] = useState({ text: '', place: 0 });
  const offered = draft.text === closedAt ? [] : offeredCommands(draft);
  // What was marked counts for the text it was marked at.
  const active = marked.text === draft.text ? marked.place : 0;
  const move = (by: number) =>
    setMarked({ text: draft.text, place: (active + by + offered.length) % offered.length });

  function takeKey(event: KeyboardEvent): boolean {
    const command = offered[active];
    if (!command || event.shiftKey || event.altKey) return false;
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Escape') setClosedAt(draft.text);
    else if (event.key === 'Tab') complete(command);
    else if (event.key === 'Enter') run(command);
    else return false;
    event.preventDefault();
    return true;
  }

  return { offered, active, id, takeKey };
}
