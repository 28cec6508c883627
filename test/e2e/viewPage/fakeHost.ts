import type { PageState } from './states';
import type { Theme } from './themes';

/**
 * A script that stands in for VS Code and the host: it gives the page its theme and `acquireVsCodeApi`, answers
 * requests from `state`, and keeps what was asked in `window.asked`, but what the view asks by itself in `window.read`.
 * `window.tell(name, params)` notifies the view; a request named in `window.refused` fails with what is there, and
 * `window.answers` are the others' answers.
 */
export function fakeHostScript(state: PageState, theme: Theme): string {
  return `(${install.toString()})(${JSON.stringify({ state, theme })});`;
}

/** Runs in the page, so it uses nothing from outside. */
function install({ state, theme }: { state: PageState; theme: Theme }): void {
  interface Page {
    asked: { name: string; params: unknown }[];
    read: { name: string; params: unknown }[];
    refused: NonNullable<PageState['refused']>;
    answers: Record<string, unknown>;
    saved: unknown;
    tell: (name: string, params: unknown) => void;
    acquireVsCodeApi: () => unknown;
    postMessage: (message: unknown, target: string) => void;
    document: {
      documentElement: { style: { setProperty(name: string, value: string): void } };
      body: { className: string; dataset: Record<string, string> };
      addEventListener(type: string, listener: () => void): void;
    };
  }
  const page = globalThis as unknown as Page;
  const answers: Record<string, unknown> = {
    'view/ready': {
      settings: state.settings,
      thread: state.thread,
      readOnly: state.readOnly ?? false,
    },
    'thread/list': state.threads,
    ...state.answers,
  };
  const reading =
    /^(?:changes\/(?:preview|origins|seen|markSeen)|selections\/follow|mention\/search|thread\/(?:context|status)|view\/(?:focused|received))$/;
  page.asked = [];
  page.read = [];
  page.refused = { ...state.refused };
  page.answers = answers;
  page.saved = undefined;
  page.tell = (name, params) => page.postMessage({ kind: 'notification', name, params }, '*');
  page.acquireVsCodeApi = () => ({
    getState: () => page.saved,
    setState: (value: unknown) => (page.saved = value),
    postMessage: ({
      id,
      name,
      params,
    }: {
      id: number;
      name: string;
      params: { hunkId?: string; query?: string };
    }) => {
      (reading.test(name) ? page.read : page.asked).push({ name, params });
      const refusal = page.refused[name];
      const answer =
        refusal === undefined
          ? {
              kind: 'answer',
              id,
              result: answers[`${name} ${params.hunkId ?? params.query}`] ?? answers[name] ?? null,
            }
          : { kind: 'error', id, error: { code: 'failed', ...refusal } };
      page.postMessage(answer, '*');
    },
  });
  page.document.addEventListener('DOMContentLoaded', () => {
    const { documentElement, body } = page.document;
    for (const [name, value] of Object.entries(theme.variables)) {
      documentElement.style.setProperty(`--vscode-${name}`, value);
    }
    documentElement.style.setProperty('background', theme.variables['sideBar-background'] ?? '');
    body.className = theme.bodyClass;
    body.dataset.vscodeThemeKind = theme.bodyClass;
  });
}
