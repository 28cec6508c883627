import type {
  HostMessage,
  HostNotificationName,
  HostNotifications,
  Remedy,
  ViewError,
  ViewMessage,
  ViewRequestName,
  ViewRequests,
} from '../../src/protocol/viewProtocol';

/** The wire to the host: in VS Code `acquireVsCodeApi` and the window's messages, in a test anything. */
export interface HostChannel {
  post(message: ViewMessage): void;
  listen(listener: (message: HostMessage) => void): void;
}

/** A request the host refused or could not do. The message is for people. */
export class HostRequestError extends Error {
  override readonly name = 'HostRequestError';
  readonly code: ViewError['code'];
  readonly remedy: Remedy | undefined;

  constructor({ code, message, remedy }: ViewError) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }
}

/** The typed conversation with the host. */
export interface HostConnection {
  /** @throws HostRequestError with the host's own words. */
  request<Name extends ViewRequestName>(
    name: Name,
    params: ViewRequests[Name]['params'],
  ): Promise<ViewRequests[Name]['result']>;
  /** One listener per notification: each has one owner in the view. */
  on<Name extends HostNotificationName>(
    name: Name,
    listener: (params: HostNotifications[Name]) => void,
  ): void;
}

interface PendingRequest {
  resolve(result: unknown): void;
  reject(error: HostRequestError): void;
}

/** Pairs requests with their answers by id and hands notifications to their listener. */
export function createHostConnection(channel: HostChannel): HostConnection {
  const pending = new Map<number, PendingRequest>();
  const listeners = new Map<HostNotificationName, (params: never) => void>();
  let lastId = 0;

  channel.listen((message) => {
    switch (message.kind) {
      case 'answer':
        pending.get(message.id)?.resolve(message.result);
        pending.delete(message.id);
        return;
      case 'error':
        pending.get(message.id)?.reject(new HostRequestError(message.error));
        pending.delete(message.id);
        return;
      case 'notification':
        listeners.get(message.name)?.(message.params as never);
    }
  });

  return {
    request(name, params) {
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        pending.set(id, { resolve, reject });
        channel.post({ id, name, params } as ViewMessage);
      });
    },
    on(name, listener) {
      listeners.set(name, listener);
    },
  };
}
