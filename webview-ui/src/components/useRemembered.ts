import { createContext, useCallback, useContext, useState, useSyncExternalStore } from 'react';

/**
 * What parts of a long list remember while they are out of sight and so not drawn: what stands open, what was begun to
 * write. Also the way to open something that is not drawn yet.
 */
export class PartMemory {
  private readonly values = new Map<string, unknown>();
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  read(name: string): unknown {
    return this.values.get(name);
  }

  write(name: string, value: unknown): void {
    this.values.set(name, value);
    for (const listener of this.listeners) listener();
  }
}

const PartMemoryContext = createContext<PartMemory | null>(null);

export const PartMemoryProvider = PartMemoryContext.Provider;

const nowhere = (): (() => void) => () => undefined;

/**
 * State that outlives the part it belongs to, under a name that nothing else has; state like any other where there is
 * no name, or no list around.
 */
export function useRemembered<Value>(
  name: string | undefined,
  initial: Value,
): readonly [Value, (value: Value) => void] {
  const memory = useContext(PartMemoryContext);
  const [own, setOwn] = useState(initial);
  const known = useSyncExternalStore(memory?.subscribe ?? nowhere, () =>
    name === undefined ? undefined : memory?.read(name),
  );
  const write = useCallback((value: Value) => memory?.write(name ?? '', value), [memory, name]);
  if (!memory || name === undefined) return [own, setOwn];
  return [known === undefined ? initial : (known as Value), write];
}
