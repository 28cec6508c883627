import { cleanTerminalText } from '../base/terminalText';
import type { ThreadEvent } from '../protocol/events';
import { commentPlace, type SentComment } from '../protocol/comments';
import type { Attachment, TextSource, UserInput } from '../protocol/input';
import type { Item, ReviewItem } from '../protocol/items';
import { findingPlace, targetLabel } from '../protocol/review';
import { emptyThreadState, foldEvent, type TurnState } from '../protocol/threadState';

/** The events as they are stored, one JSON object a line. */
export function exportJsonLines(events: readonly ThreadEvent[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('');
}

/** The thread for reading: what was said, the commands with their output folded away, and the diffs. */
export function exportMarkdown(events: readonly ThreadEvent[]): string {
  const state = events.reduce(foldEvent, emptyThreadState(events[0]?.threadId ?? ''));
  const parts = [
    `# ${state.title || 'Untitled thread'}`,
    `Folder: \`${state.cwd}\``,
    ...state.turns.flatMap(turnParts),
  ];
  return `${parts.join('\n\n')}\n`;
}

function turnParts(turn: TurnState): string[] {
  const { model, mode } = turn.context;
  const when = new Date(turn.startedAt).toISOString().slice(0, 16).replace('T', ' ');
  return [
    '---',
    `*${when} UTC, ${model}, mode ${mode}*`,
    ...turn.entries.flatMap((entry) =>
      entry.type === 'notice' ? [`> ${entry.text}`] : itemParts(entry),
    ),
    ...endParts(turn),
  ];
}

function endParts({ status, error }: TurnState): string[] {
  if (error) return [`**The turn failed:** ${error.message}`];
  return status === 'interrupted' ? ['**The turn was stopped.**'] : [];
}

function itemParts(item: Item): string[] {
  switch (item.type) {
    case 'userMessage':
      return ['## You', ...inputParts(item.input)];
    case 'agentMessage':
      return item.phase === 'final' ? ['## Tandem', item.text] : [item.text];
    case 'reasoning':
      return item.text ? [details('Reasoning', item.text)] : [];
    case 'commandExecution': {
      const end = item.exitCode === undefined ? item.status : `exit code ${item.exitCode}`;
      const output = cleanTerminalText(item.output).trimEnd();
      return [
        fence(`$ ${item.command}`, 'sh'),
        ...(output ? [details(`Output, ${end}`, fence(output, 'text'))] : [`*No output, ${end}*`]),
      ];
    }
    case 'fileChange':
      return [
        ...item.changes.flatMap(({ path, kind, added, removed, diff }) => [
          `**${path}** (${kind}, +${added} -${removed})`,
          ...(diff ? [fence(diff, 'diff')] : []),
        ]),
        ...(item.error ? [`*Not applied:* ${item.error}`] : []),
      ];
    case 'question':
      return item.questions.flatMap(({ id, question }) => [
        `**${question}**`,
        `> ${item.answers?.[id] ?? 'not answered'}`,
      ]);
    case 'proposedPlan':
      return ['### Proposed plan', item.text];
    case 'review':
      return reviewParts(item);
    case 'compaction':
      return [details('Earlier history was summarised', item.summary)];
    case 'toolCall': {
      const output = cleanTerminalText(item.output).trimEnd();
      return output ? [details(item.title, fence(output, 'text'))] : [`*${item.title}*`];
    }
  }
}

function reviewParts({ target, findings, explanation, status }: ReviewItem): string[] {
  const found = findings.flatMap((finding) => [
    `**${finding.title}** (${finding.severity}, ${Math.round(finding.confidence * 100)} % sure)`,
    `\`${findingPlace(finding)}\``,
    finding.body,
  ]);
  const end = status === 'completed' ? 'No findings.' : `The review is ${status}.`;
  return [
    `### Review of ${targetLabel(target)}`,
    ...(found.length > 0 ? found : [end]),
    ...(explanation ? [explanation] : []),
  ];
}

function inputParts({ text, attachments, comments = [] }: UserInput): string[] {
  return [
    ...comments.flatMap(commentParts),
    ...(text === '' && comments.length > 0 ? [] : [text]),
    ...attachments.map((attachment) => `- ${attachmentText(attachment)}`),
  ];
}

/** A comment with the code it is about, under the id that answers name it by. */
function commentParts(comment: SentComment): string[] {
  const { id, kind, hunk, anchor, text } = comment;
  const code = hunk
    ? [...hunk.removed.map((line) => `-${line}`), ...hunk.added.map((line) => `+${line}`)]
    : anchor.lines;
  const what = kind === 'rejection' ? 'Rejected' : 'Comment on';
  return [
    `**[${id}]** ${what} \`${commentPlace(comment)}\``,
    ...(code.length > 0 ? [fence(code.join('\n'), hunk ? 'diff' : 'text')] : []),
    text,
  ];
}

function attachmentText(attachment: Attachment): string {
  switch (attachment.kind) {
    case 'selection':
      return `\`${attachment.path}\`, lines ${attachment.startLine} to ${attachment.endLine}`;
    case 'file':
      return `\`${attachment.path}\``;
    case 'image':
      return `image ${attachment.name}`;
    case 'text':
      return `${textNames[attachment.source]}${attachment.name && ` ${attachment.name}`}, ${attachment.text.length} characters`;
  }
}

const textNames: Readonly<Record<TextSource, string>> = {
  folder: 'folder',
  problems: 'problems',
  terminal: 'output of the terminal',
  diff: 'changes that are not committed',
  paste: 'pasted text',
  drop: 'dropped file',
};

/** Folded away where the reader knows HTML in Markdown, as GitHub and VS Code do. */
function details(summary: string, body: string): string {
  const safe = summary.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return `<details><summary>${safe}</summary>\n\n${body}\n\n</details>`;
}

/** A code block whose fence is longer than any in the text. */
function fence(text: string, language: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const marks = '`'.repeat(longest + 1);
  return `${marks}${language}\n${text.replace(/\n$/, '')}\n${marks}`;
}
