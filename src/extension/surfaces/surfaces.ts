import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import { Emitter } from '../../base/emitter';
import type { ThreadId } from '../../protocol/ids';
import type { Shown, ShownThread } from '../shownThread';
import type { MakeBridge } from '../views/threadPage';
import { ThreadTab, threadTabType } from '../views/threadTab';
import { ThreadView } from '../views/threadView';
import { FocusedThread } from './focusedThread';
import type { Surface, SurfacePage } from './surface';

/** Where a surface remembers which thread it shows. */
export type SurfaceMemory = Pick<vscode.Memento, 'get' | 'update'>;

export interface SurfacesOptions {
  readonly extensionUri: vscode.Uri;
  /** What the view in the side bar remembers. */
  readonly memory: SurfaceMemory;
  /** @param others what the window's other surfaces show */
  readonly createShown: (
    memory: SurfaceMemory,
    others: () => readonly ShownThread[],
  ) => ShownThread;
  readonly makeBridge: (
    surface: Surface,
    ends: Parameters<MakeBridge>[0],
  ) => ReturnType<MakeBridge>;
}

/** The places of the window that show threads: the view in the side bar, and editor tabs. */
export class Surfaces implements Disposable {
  private readonly store = new DisposableStore();
  private readonly tabs = new Set<Surface>();
  private readonly sightChanged = this.store.add(new Emitter<void>());
  private readonly side: Surface;
  private focused: Surface;

  readonly sideView: ThreadView;
  /** The thread that the side bar shows. */
  readonly inSideView: Shown;
  /** The thread of the surface that the person was in last; it drives editors and commands. */
  readonly shown: FocusedThread;
  /** The page of the surface that the person was in last. */
  readonly view: SurfacePage = {
    reveal: () => this.focused.view.reveal(),
    tell: (name, params) => this.focused.view.tell(name, params),
  };
  /** Fires when another thread may have come into sight. */
  readonly onDidChangeSight = this.sightChanged.event;

  constructor(private readonly options: SurfacesOptions) {
    const shown = this.createShown(options.memory);
    this.inSideView = shown;
    this.sideView = new ThreadView(options.extensionUri, (ends) =>
      options.makeBridge(this.side, ends),
    );
    this.side = { shown, view: this.sideView };
    this.focused = this.side;
    this.shown = this.store.add(new FocusedThread(shown));
    this.watch(this.side, this.store);
  }

  /** Registers what VS Code opens by itself: the view, and the tabs that were open before a reload. */
  register(): Disposable {
    const store = new DisposableStore();
    store.add(this.sideView.register());
    store.add(
      vscode.window.registerWebviewPanelSerializer(threadTabType, {
        deserializeWebviewPanel: async (panel, state) => {
          await this.addTab(panel, threadIdOf(state)).shown.restore();
        },
      }),
    );
    return store;
  }

  /** Opens a thread as an editor tab, or goes to the tab that shows it. */
  async openTab(threadId: ThreadId): Promise<void> {
    const known = [...this.tabs].find(({ shown }) => shown.current?.id === threadId);
    const surface = known ?? this.addTab(this.createPanel(), threadId);
    await surface.shown.restore();
    this.focus(surface.view);
    await surface.view.reveal();
  }

  /** Shows a thread where it is shown already, or else in the surface that the person was in last. */
  async show(threadId: ThreadId): Promise<void> {
    const showing = this.all.find(({ shown }) => shown.current?.id === threadId) ?? this.focused;
    await showing.shown.open(threadId);
    this.focus(showing.view);
    await showing.view.reveal();
  }

  /** The person is in this surface now. */
  focus(view: SurfacePage): void {
    const surface = this.all.find((each) => each.view === view);
    if (!surface) return;
    this.focused = surface;
    this.shown.focus(surface.shown);
  }

  /** True where the person sees the thread, if they look at the window. */
  isInSight(threadId: ThreadId): boolean {
    return this.all.some(({ shown, view }) => view.visible && shown.current?.id === threadId);
  }

  /** Looks again who owns the threads that are shown. @throws JournalError */
  async refresh(): Promise<void> {
    await Promise.all(this.all.map(({ shown }) => shown.refresh()));
  }

  dispose(): void {
    this.store.dispose();
    for (const { shown } of this.all) shown.dispose();
  }

  private get all(): readonly Surface[] {
    return [this.side, ...this.tabs];
  }

  private createShown(memory: SurfaceMemory): ShownThread {
    const shown: ShownThread = this.options.createShown(memory, () =>
      this.all.map((surface) => surface.shown).filter((other) => other !== shown),
    );
    return shown;
  }

  private createPanel(): vscode.WebviewPanel {
    return vscode.window.createWebviewPanel(threadTabType, 'Tandem', vscode.ViewColumn.Active);
  }

  private addTab(panel: vscode.WebviewPanel, threadId: ThreadId | undefined): Surface {
    const store = new DisposableStore();
    const shown = store.add(this.createShown(remembered(threadId)));
    const view: ThreadTab = new ThreadTab(panel, this.options.extensionUri, (ends) =>
      this.options.makeBridge(surface, ends),
    );
    const surface: Surface = { shown, view };
    this.tabs.add(surface);
    view.show(shown);
    this.watch(surface, store);
    view.onDidClose(() => {
      this.tabs.delete(surface);
      if (this.focused === surface) this.focus(this.sideView);
      shown.clear();
      store.dispose();
      this.sightChanged.fire();
    });
    return surface;
  }

  private watch({ shown, view }: Surface, store: DisposableStore): void {
    store.add(shown.onDidChange(() => this.sightChanged.fire()));
    store.add(view.onDidChangeVisible(() => this.sightChanged.fire()));
  }
}

/** A tab is remembered by VS Code, with the thread that its page named last. */
function remembered(threadId: ThreadId | undefined): SurfaceMemory {
  return {
    get: <T>(_key: string, otherwise?: T) => (threadId as T | undefined) ?? otherwise,
    update: async () => {},
  };
}

/** What the page stored may be of any shape. */
function threadIdOf(state: unknown): ThreadId | undefined {
  const { threadId } = (state ?? {}) as { readonly threadId?: unknown };
  return typeof threadId === 'string' ? threadId : undefined;
}
