import { toDisposable, type Disposable } from './disposable';

/** Subscribes a listener; disposing the answer unsubscribes it. */
export type Subscribe<T> = (listener: (value: T) => void) => Disposable;

/**
 * Delivers values to listeners in the order they were fired, also when a listener fires another one.
 * A listener that throws does not keep the others from hearing: the first error is rethrown at the end.
 */
export class Emitter<T> implements Disposable {
  private readonly listeners = new Set<(value: T) => void>();
  private readonly waiting: T[] = [];
  private delivering = false;

  readonly event: Subscribe<T> = (listener) => {
    this.listeners.add(listener);
    return toDisposable(() => this.listeners.delete(listener));
  };

  fire(value: T): void {
    this.waiting.push(value);
    if (this.delivering) return;
    this.delivering = true;
    const errors: unknown[] = [];
    try {
      while (this.waiting.length > 0) {
        const next = this.waiting.shift() as T;
        for (const listener of [...this.listeners]) {
          try {
            listener(next);
          } catch (error) {
            errors.push(error);
          }
        }
      }
    } finally {
      this.delivering = false;
    }
    if (errors.length > 0) throw errors[0];
  }

  dispose(): void {
    this.listeners.clear();
  }
}
