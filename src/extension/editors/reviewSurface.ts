import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Host } from '../host';
import { BaselineDocuments } from './baselineDocuments';
import { CellStatusItems } from './cellStatusItems';
import { ChangesItem } from './changesItem';
import { ChangesSourceControl } from './changesSourceControl';
import { HunkActions } from './hunkActions';
import { HunkDecorations } from './hunkDecorations';
import { HunkHovers } from './hunkHovers';
import { HunkLenses } from './hunkLenses';
import { registerHunkTree } from './hunkTree';
import { ProblemActions } from './problemActions';
import type { Review } from './review';
import { ReviewContext } from './reviewContext';
import { StatusItem } from './statusItem';

/** Everything the editors and the workbench show of the shown thread. It never opens or focuses anything. */
export function createReviewSurface({ shown, review, attention }: Host): Disposable {
  const store = new DisposableStore();
  store.add(new BaselineDocuments(review, () => shown.restore()));
  store.add(createChangeMarks(review));
  store.add(new StatusItem(shown, attention));
  store.add(new ProblemActions());
  return store;
}

/** What shows the pending changes; each part follows the review by itself. */
export function createChangeMarks(review: Review): Disposable {
  const store = new DisposableStore();
  store.add(new HunkLenses(review));
  store.add(new CellStatusItems(review));
  store.add(new HunkHovers(review));
  store.add(new HunkActions(review));
  store.add(new HunkDecorations(review));
  store.add(new ChangesSourceControl(review));
  store.add(new ChangesItem(review));
  store.add(registerHunkTree(review));
  store.add(new ReviewContext(review));
  return store;
}
