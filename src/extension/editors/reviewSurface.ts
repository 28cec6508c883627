import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Host } from '../host';
import { BaselineDocuments } from './baselineDocuments';
import { ChangesSourceControl } from './changesSourceControl';
import { HunkDecorations } from './hunkDecorations';
import { HunkLenses } from './hunkLenses';
import { StatusItem } from './statusItem';

/** Everything the editors and the workbench show of the shown thread. It never opens or focuses anything. */
export function createReviewSurface({ shown, review, view }: Host): Disposable {
  const store = new DisposableStore();
  store.add(new BaselineDocuments(review));
  store.add(new HunkLenses(review));
  store.add(new HunkDecorations(review));
  store.add(new ChangesSourceControl(review));
  store.add(new StatusItem(shown, review, view));
  return store;
}
