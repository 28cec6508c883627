import type { HostMessage } from '../../src/protocol/viewProtocol';
import type { HostChannel } from './hostConnection';

/** What VS Code gives a webview; it can be acquired once per page. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** A small value that outlives the page while the view is hidden or the window reloads. */
export interface PageMemory {
  read(): unknown;
  /** Adds to what is there, or replaces parts of it. */
  write(parts: object): void;
}

/** The only caller of `acquireVsCodeApi`. */
export function openWebviewChannel(): { channel: HostChannel; memory: PageMemory } {
  const api = acquireVsCodeApi();
  return {
    channel: {
      post: (message) => api.postMessage(message),
      listen: (listener) =>
        window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
          if (isHostMessage(data)) listener(data);
        }),
    },
    memory: {
      read: () => api.getState(),
      write: (parts) => api.setState({ ...(api.getState() as object | undefined), ...parts }),
    },
  };
}

/** Other frames and browser extensions post messages too; the host's all have a `kind`. */
function isHostMessage(data: unknown): data is HostMessage {
  return typeof data === 'object' && data !== null && 'kind' in data;
}
