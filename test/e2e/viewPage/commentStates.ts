import type { SentComment, WrittenComment } from '../../../src/protocol/comments';
import type { ThreadEventBody } from '../../../src/protocol/events';
import { slugFile } from './changedFiles';
import { item, pageStates, said, started, threadOf, type PageState } from './states';

const { settings, threads } = pageStates.finished;
const turnId = 'turn-1';
const { path } = slugFile;
const hunk = slugFile.hunks[0]!;

function comment(id: string, line: number, text: string): WrittenComment {
  return {
    ...{ id, kind: 'hunk', path, text, hunk },
    anchor: { startLine: line, endLine: line, lines: hunk.added, before: [], after: [] },
  };
}

const first = comment('C1', 2, 'Why a regular expression, and not replaceAll?');
const second: WrittenComment = {
  ...comment('C2', 14, 'Tabs count as spaces here. We keep them, see the guide for contributors.'),
  kind: 'rejection',
};
const third = comment('C3', 20, 'Needs a test.');

const written = (each: WrittenComment): ThreadEventBody => ({
  type: 'comment.written',
  comment: each,
});
const changes: ThreadEventBody = {
  type: 'changes.updated',
  changeSet: { files: [slugFile], notes: [] },
};
const completed: ThreadEventBody = {
  ...{ type: 'turn.completed', turnId },
  usage: { inputTokens: 900, cachedInputTokens: 0, outputTokens: 90, reasoningOutputTokens: 0 },
};

/** Threads with comments on code. */
export const commentStates = {
  commentsWaiting: {
    ...{ settings, threads },
    thread: threadOf(
      ...started('Fix slug', 'Fix slug for every space.'),
      item({
        ...{ id: 'u1', type: 'userMessage', status: 'completed' },
        input: { text: 'Fix slug for every space.', attachments: [] },
      }),
      said('a1', 'final', 'It replaces every space now.'),
      completed,
      changes,
      ...[first, second, third].map(written),
    ),
  },
  commentsAnswered: {
    ...{ settings, threads },
    thread: threadOf(
      ...started('Fix slug', ''),
      ...[first, second].map(written),
      {
        ...{ type: 'item.started', turnId },
        item: { id: 'u1', type: 'userMessage', status: 'inProgress', input: sent(first, second) },
      },
      {
        ...{ type: 'item.completed', turnId },
        item: { id: 'u1', type: 'userMessage', status: 'completed', input: sent(first, second) },
      },
      {
        ...{ type: 'item.started', turnId },
        item: { id: 'a1', type: 'agentMessage', status: 'inProgress', phase: 'final', text: '' },
      },
      {
        ...{ type: 'item.completed', turnId },
        item: {
          ...{ id: 'a1', type: 'agentMessage', status: 'completed', phase: 'final' },
          text: 'Both are done.\n\n- [C1] `replaceAll` says it in one step.\n- **C2:** Understood, tabs stay.',
          answers: [
            { commentId: 'C1', text: '`replaceAll` says it in one step.', changed: true },
            { commentId: 'C2', text: 'Understood, tabs stay.' },
          ],
        },
      },
      completed,
      changes,
    ),
  },
} satisfies Record<string, PageState>;

function sent(...comments: readonly WrittenComment[]) {
  const told = comments.map((each): SentComment => ({ ...each, standing: 'same' }));
  return { text: '', attachments: [], comments: told };
}
