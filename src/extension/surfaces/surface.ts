import type { Subscribe } from '../../base/emitter';
import type { HostNotificationName, HostNotifications } from '../../protocol/viewProtocol';
import type { ShownThread } from '../shownThread';

/** The page of a surface, as the rest of the extension sees it. */
export interface SurfaceView {
  /** True while it can be seen, if the window can. */
  readonly visible: boolean;
  readonly onDidChangeVisible: Subscribe<void>;
  /** Shows it and gives it the focus; only where the person asked for something in it. */
  reveal(): Promise<void>;
  /** Tells it something as soon as it is there. */
  tell<Name extends HostNotificationName>(name: Name, params: HostNotifications[Name]): void;
}

/** What commands and requests do with the page of a surface. */
export type SurfacePage = Pick<SurfaceView, 'reveal' | 'tell'>;

/** A place in the window that shows one thread: the view in the side bar, or an editor tab. */
export interface Surface {
  readonly shown: ShownThread;
  readonly view: SurfaceView;
}
