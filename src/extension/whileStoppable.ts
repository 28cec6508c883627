import * as vscode from 'vscode';
import { messageText } from './messageText';

/** Shows in a notification what is being done, with a button that stops it; undefined where the person pressed it. */
export async function whileStoppable<T>(
  text: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: messageText(text),
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (_progress, stopped) => {
    const abort = new AbortController();
    const listening = stopped.onCancellationRequested(() => abort.abort());
    try {
      return await work(abort.signal);
    } catch (error) {
      if (abort.signal.aborted) return undefined;
      throw error;
    } finally {
      listening.dispose();
    }
  });
}
