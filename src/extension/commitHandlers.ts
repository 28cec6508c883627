import * as vscode from 'vscode';
import type { Thread } from '../threads/thread';
import type { Host } from './host';
import { openPullRequest } from './openPullRequest';
import { repositoryProblem } from './repositoryProblem';
import { RequestError } from './requestError';
import { requireTrust } from './requireTrust';
import type { ViewHandlers } from './viewBridge';

/** What the requests do that lead from accepted changes to the repository. */
export function createCommitHandlers({ shown }: Pick<Host, 'shown'>) {
  const nothing = null;
  let running: AbortController | undefined;
  /** Looks are quick and end by themselves; what takes longer, one at a time, ends by `commit/stop`. */
  const begin = () => {
    running?.abort();
    running = new AbortController();
    return running.signal;
  };
  return {
    'commit/preview': () =>
      inWords((thread) => thread.commits.preview(new AbortController().signal)),
    'commit/draft': () =>
      inWords(async (thread) => {
        const { text } = await thread.drafts.commitMessage(begin());
        return { text };
      }),
    'commit/create': (commit) => inWords((thread) => thread.commits.commit(commit, begin())),
    'commit/stop': async () => {
      running?.abort();
      return nothing;
    },
    'pullRequest/write': async () => {
      await openPullRequest(shown);
      return nothing;
    },
  } satisfies Partial<ViewHandlers>;

  /** What git or a hook printed belongs to the words of the error. */
  async function inWords<T>(work: (thread: Thread) => Promise<T>): Promise<T> {
    const thread = shown.current;
    if (!thread) throw new RequestError('notFound', vscode.l10n.t('No thread is shown.'));
    requireTrust(thread.cwd);
    try {
      return await work(thread);
    } catch (error) {
      throw repositoryProblem(error) ?? error;
    }
  }
}
