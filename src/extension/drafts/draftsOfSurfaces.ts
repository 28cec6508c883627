import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Host } from '../host';
import { Mentions } from '../mentions/mentions';
import type { Surface } from '../surfaces/surface';
import { FollowedSelections } from './followedSelections';

/** What the draft of one surface needs of the host, also while its page is hidden. */
export interface DraftParts {
  /** The same for all surfaces. */
  readonly mentions: Mentions;
  readonly followed: FollowedSelections;
}

/** Keeps what belongs to the drafts of the window's surfaces. */
export class DraftsOfSurfaces implements Disposable {
  private readonly store = new DisposableStore();
  private readonly mentions: Mentions;
  private readonly parts = new WeakMap<Surface, DraftParts>();

  constructor(private readonly host: Pick<Host, 'settings'>) {
    this.mentions = this.store.add(new Mentions(host));
  }

  of(surface: Surface): DraftParts {
    const known = this.parts.get(surface);
    if (known) return known;
    const followed = this.store.add(new FollowedSelections({ ...this.host, ...surface }));
    const made = { mentions: this.mentions, followed };
    this.parts.set(surface, made);
    return made;
  }

  dispose(): void {
    this.store.dispose();
  }
}
