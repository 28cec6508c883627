import * as l10n from '@vscode/l10n';
import { cleanTerminalText } from '../base/terminalText';
import type { ThreadEvent } from '../protocol/events';
import { commentPlace, type SentComment } from '../protocol/comments';
import { severityWord } from '../protocol/findingWords';
import type { Attachment, TextSource, UserInput } from '../protocol/input';
import type { CommandExecutionItem, FileChangeKind, Item, ReviewItem } from '../protocol/items';
import { modeWord } from '../protocol/modeWord';
import { findingPlace, type ReviewTarget } from '../protocol/review';
import { emptyThreadState, foldEvent, type TurnState } from '../protocol/threadState';

/** The events as they are stored, one JSON object a line. */
export function exportJsonLines(events: readonly ThreadEvent[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('');
}

/** The thread for reading: what was said, the commands with their output folded away, and the diffs. */
export function exportMarkdown(events: readonly ThreadEvent[]): string {
  const state = events.reduce(foldEvent, emptyThreadState(events[0]?.threadId ?? ''));
  const parts = [
    `# ${state.title || l10n.t('Untitled thread')}`,
    l10n.t('Folder: {0}', `\`${state.cwd}\``),
    ...state.turns.flatMap(turnParts),
  ];
  return `${parts.join('\n\n')}\n`;
}

function turnParts(turn: TurnState): string[] {
  const { model, mode } = turn.context;
  const when = new Date(turn.startedAt).toISOString().slice(0, 16).replace('T', ' ');
  return [
    '---',
    `*${l10n.t('{0} UTC, {1}, mode {2}', when, model, modeWord(mode))}*`,
    ...turn.entries.flatMap((entry) =>
      entry.type === 'notice' ? [`> ${entry.text}`] : itemParts(entry),
    ),
    ...endParts(turn),
  ];
}

function endParts({ status, error }: TurnState): string[] {
  if (error) return [`**${l10n.t('The turn failed:')}** ${error.message}`];
  return status === 'interrupted' ? [`**${l10n.t('The turn was stopped.')}**`] : [];
}

function itemParts(item: Item): string[] {
  switch (item.type) {
    case 'userMessage':
      return [`## ${l10n.t('You')}`, ...inputParts(item.input)];
    case 'agentMessage':
      return item.phase === 'final' ? ['## Tandem', item.text] : [item.text];
    case 'reasoning':
      return item.text ? [details(l10n.t('Reasoning'), item.text)] : [];
    case 'commandExecution': {
      const end = commandEnd(item);
      const output = cleanTerminalText(item.output).trimEnd();
      return [
        fence(`$ ${item.command}`, 'sh'),
        ...(output
          ? [details(l10n.t('Output, {0}', end), fence(output, 'text'))]
          : [`*${l10n.t('No output, {0}', end)}*`]),
        ...(item.error ? [`*${item.error}*`] : []),
      ];
    }
    case 'fileChange':
      return [
        ...item.changes.flatMap(({ path, kind, added, removed, diff }) => [
          `**${path}** (${changeWord(kind)}, +${added} -${removed})`,
          ...(diff ? [fence(diff, 'diff')] : []),
        ]),
        ...(item.error ? [`*${l10n.t('Not applied:')}* ${item.error}`] : []),
      ];
    case 'question':
      return item.questions.flatMap(({ id, question }) => [
        `**${question}**`,
        `> ${item.answers?.[id] ?? l10n.t('not answered')}`,
      ]);
    case 'proposedPlan':
      return [`### ${l10n.t('Proposed plan')}`, item.text];
    case 'review':
      return reviewParts(item);
    case 'compaction':
      return [details(l10n.t('Earlier history was summarised'), item.summary)];
    case 'toolCall': {
      const output = cleanTerminalText(item.output).trimEnd();
      return output ? [details(item.title, fence(output, 'text'))] : [`*${item.title}*`];
    }
  }
}

function commandEnd({ exitCode, status }: CommandExecutionItem): string {
  if (exitCode !== undefined) return l10n.t('exit code {0}', exitCode);
  switch (status) {
    case 'declined':
      return l10n.t('not run');
    case 'interrupted':
      return l10n.t('stopped');
    case 'failed':
      return l10n.t('failed');
    case 'completed':
    case 'inProgress':
      return l10n.t('in background');
  }
}

function changeWord(kind: FileChangeKind): string {
  switch (kind) {
    case 'add':
      return l10n.t('added');
    case 'delete':
      return l10n.t('deleted');
    case 'update':
      return l10n.t('changed');
  }
}

function reviewTitle(target: ReviewTarget): string {
  switch (target.kind) {
    case 'uncommitted':
      return l10n.t('Review of uncommitted changes');
    case 'base':
      return l10n.t('Review of changes since {0}', target.ref);
    case 'commit':
      return l10n.t('Review of commit {0}', target.sha.slice(0, 12));
    case 'turn':
      return l10n.t("Review of the turn's changes");
  }
}

function reviewParts({ target, findings, explanation, status }: ReviewItem): string[] {
  const found = findings.flatMap((finding) => [
    `**${finding.title}** (${severityWord(finding.severity)}, ${l10n.t('{0} % sure', Math.round(finding.confidence * 100))})`,
    `\`${findingPlace(finding)}\``,
    finding.body,
  ]);
  const end = status === 'completed' ? l10n.t('No findings.') : l10n.t('The review did not end.');
  return [
    `### ${reviewTitle(target)}`,
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
  const place = `\`${commentPlace(comment)}\``;
  const what =
    kind === 'rejection' ? l10n.t('Rejected {0}', place) : l10n.t('Comment on {0}', place);
  return [
    `**[${id}]** ${what}`,
    ...(code.length > 0 ? [fence(code.join('\n'), hunk ? 'diff' : 'text')] : []),
    text,
  ];
}

function attachmentText(attachment: Attachment): string {
  switch (attachment.kind) {
    case 'selection':
      return l10n.t(
        '{0}, lines {1} to {2}',
        `\`${attachment.path}\``,
        attachment.startLine,
        attachment.endLine,
      );
    case 'file':
      return `\`${attachment.path}\``;
    case 'image':
      return l10n.t('image {0}', attachment.name);
    case 'text':
      return l10n.t(
        '{0}, {1} characters',
        [sourceWords(attachment.source), attachment.name].filter(Boolean).join(' '),
        attachment.text.length,
      );
  }
}

function sourceWords(source: TextSource): string {
  switch (source) {
    case 'folder':
      return l10n.t('folder');
    case 'problems':
      return l10n.t('problems');
    case 'terminal':
      return l10n.t('output of the terminal');
    case 'diff':
      return l10n.t('changes that are not committed');
    case 'paste':
      return l10n.t('pasted text');
    case 'drop':
      return l10n.t('dropped file');
  }
}

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
