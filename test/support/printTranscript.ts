import type { ThreadEvent } from '../../src/protocol/events';
import type { Item } from '../../src/protocol/items';
import type { ModelItem } from '../../src/protocol/modelItem';
import { assertNever } from '../../src/base/assertNever';
import type { ScriptedRequest } from './scriptedServer';

/**
 * Prints what happened in a thread, one paragraph per event, for comparing with a golden file. What commands changed is
 * found out in the background at its own pace: that part is printed apart, with the change set as it ends.
 */
export function printEvents(events: readonly ThreadEvent[]): string {
  const ordered = events.filter((event) => !isBackground(event));
  const background = events.filter(isBackground);
  const last = background.findLastIndex((event) => event.type === 'changes.updated');
  const found = background.filter(
    (event, index) => event.type !== 'changes.updated' || index === last,
  );
  return [...ordered.flatMap(printEvent), 'in the background', ...found.flatMap(printEvent)].join(
    '\n',
  );
}

function isBackground(event: ThreadEvent): boolean {
  if (event.type === 'changes.updated') return true;
  if (event.type !== 'item.started' && event.type !== 'item.completed') return false;
  return event.item.type === 'fileChange' && event.item.commandItemId !== undefined;
}

function printEvent(event: ThreadEvent): string[] {
  switch (event.type) {
    case 'thread.started':
      return [`thread.started in ${event.cwd}`];
    case 'thread.renamed':
      return [`thread.renamed ${event.title}`];
    case 'thread.archived':
      return [`thread.archived ${event.archived}`];
    case 'input.waiting':
      return [
        'input.waiting',
        ...event.inputs.map(({ kind, input }) => `    ${kind}: ${input.text}`),
      ];
    case 'turn.started': {
      const { model, mode, approvalPolicy, sandboxMode } = event.context;
      return [`turn.started ${model} ${mode} ${approvalPolicy} ${sandboxMode}`];
    }
    case 'turn.completed':
      return [`turn.completed ${event.usage.inputTokens} in, ${event.usage.outputTokens} out`];
    case 'turn.interrupted':
      return [`turn.interrupted by ${event.by}`];
    case 'turn.failed':
      return [`turn.failed ${event.error.code}: ${event.error.message}`];
    case 'step.started':
      return [`step.started ${event.step}`];
    case 'step.retried':
      return [`step.retried attempt ${event.attempt}: ${event.error.code}: ${event.error.message}`];
    case 'step.completed':
      return ['step.completed'];
    case 'item.started':
      return [`item.started ${event.item.type}`];
    case 'item.delta':
      return [];
    case 'item.completed':
      return [`item.completed ${event.item.type} ${event.item.status}`, ...printItem(event.item)];
    case 'history.appended':
      return [`history.appended ${event.items.map((item) => item.type ?? 'message').join(', ')}`];
    case 'history.compacted':
      return [`history.compacted to ${event.replacement.length} items`];
    case 'approval.requested':
      return [
        `approval.requested ${event.approval.subject.kind}`,
        ...event.approval.reasons.map((reason) => `    because ${reason}`),
      ];
    case 'approval.resolved':
      return [`approval.resolved ${event.decision} by ${event.by}`];
    case 'decision.made':
      // Said by the approval or the item, too; the tests of the record compare it.
      return [];
    case 'host.contacted': {
      const { method, host, port, outcome, by, reason } = event.contact;
      const because = reason === undefined ? [] : [`    because ${reason}`];
      return [`host.contacted ${method} ${host}:${port} ${outcome} by ${by}`, ...because];
    }
    case 'outside.entered':
      return [`outside.entered ${event.source.kind} ${event.source.name}`];
    case 'changes.updated':
      return [
        'changes.updated',
        ...event.changeSet.files.map(
          (file) =>
            `    ${file.kind} ${file.path} +${file.added} -${file.removed}, ${file.hunks.length} hunks`,
        ),
      ];
    case 'hunk.resolved':
      return [
        `hunk.resolved ${event.resolution} ${event.target.path ?? event.target.parts?.map(({ path }) => path).join(', ') ?? 'everything'}`,
      ];
    case 'comment.written': {
      const { id, kind, path, anchor, text } = event.comment;
      const place = `${path}:${anchor.startLine}-${anchor.endLine}`;
      return [`comment.written ${id} on ${kind} ${place}`, ...indent(text)];
    }
    case 'comment.withdrawn':
      return [`comment.withdrawn ${event.commentId}`];
    case 'changes.committed':
      return [`changes.committed ${event.commit?.subject ?? '(nothing left to commit)'}`];
    case 'files.written':
      // The order of a command's writes is the background's; the change set says what they were.
      return [];
    case 'thread.restored':
      return [
        `thread.restored ${event.restore.scope}`,
        ...event.restore.files.map(({ path }) => `    ${path}`),
      ];
    case 'restore.undone':
      return ['restore.undone', ...event.paths.map((path) => `    ${path}`)];
    case 'plan.resolved':
      return [`plan.resolved ${event.resolution}`, ...indent(event.text)];
    case 'finding.resolved':
      return [`finding.resolved ${event.resolution}`];
    case 'plan.updated':
      return [
        'plan.updated',
        ...event.plan.steps.map(({ step, status }) => `    [${status}] ${step}`),
      ];
    case 'notice.raised':
      return [`notice.raised ${event.level}: ${event.text}`];
    default:
      return assertNever(event, 'event');
  }
}

function printItem(item: Item): string[] {
  switch (item.type) {
    case 'userMessage':
      return [
        ...(item.input.comments ?? []).map(({ id, standing }) => `    ${id} (${standing})`),
        ...indent(item.input.text),
      ];
    case 'agentMessage':
      return [
        `    (${item.phase})`,
        ...indent(item.text),
        ...(item.evidence ?? []).map(({ label, verdict }) => `    [${verdict}] ${label}`),
        ...(item.answers ?? []).flatMap(({ commentId, text, changed }) => [
          `    answers ${commentId}${changed ? ', its lines changed' : ''}`,
          ...indent(text).map((line) => `    ${line}`),
        ]),
      ];
    case 'reasoning':
      return indent(item.text);
    case 'commandExecution':
      return [
        `    $ ${item.command}`,
        ...indent(item.output),
        `    exit ${item.exitCode ?? 'none'}`,
      ];
    case 'fileChange':
      return [
        ...item.changes.flatMap((change) => [
          `    ${change.kind} ${change.path} +${change.added} -${change.removed}`,
          ...indent(change.diff),
        ]),
        ...(item.commandItemId ? ['    by a command'] : []),
        ...(item.error ? indent(item.error) : []),
      ];
    case 'toolCall':
      return [`    ${item.title}`, ...indent(item.output)];
    case 'question':
      return item.questions.flatMap(({ id, question, options }) => [
        `    ? ${question} (${options.map(({ label }) => label).join(', ')})`,
        ...indent(item.answers?.[id] ?? ''),
      ]);
    case 'proposedPlan':
      return [`    (${item.resolution ?? 'waits'})`, ...indent(item.text)];
    case 'compaction':
      return indent(item.summary);
    case 'review':
      return [
        `    ${item.target.kind}: ${item.verdict ?? 'no verdict'}`,
        ...item.findings.flatMap((finding) => [
          `    [${finding.severity} ${finding.confidence}] ${finding.path}:${finding.startLine}-${finding.endLine} ${finding.title}`,
          ...indent(finding.body),
        ]),
        ...indent(item.explanation),
      ];
    default:
      return assertNever(item, 'item');
  }
}

/** Prints what the model was sent: each request's new input items, so that growth and prefix are visible. */
export function printRequests(requests: readonly ScriptedRequest[]): string {
  let sent = 0;
  return requests
    .map((request, index) => {
      const input = request.body.input as readonly ModelItem[];
      const fresh = input.slice(sent).flatMap(printModelItem);
      sent = input.length;
      return [`request ${index + 1}`, ...fresh].join('\n');
    })
    .join('\n');
}

function printModelItem(item: ModelItem): string[] {
  switch (item.type) {
    case 'function_call':
      return [`  ${item.name}(${item.arguments})`];
    case 'custom_tool_call':
      return [`  ${item.name}`, ...indent(item.input)];
    case 'function_call_output':
    case 'custom_tool_call_output':
      return ['  output', ...indent(textOf(item.output))];
    case 'reasoning':
      return ['  reasoning'];
    default: {
      const { role, content } = item as { role?: string; content?: unknown };
      return [`  ${role ?? item.type}`, ...indent(textOf(content))];
    }
  }
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part: { text?: string; type?: string }) => part.text ?? `[${part.type}]`)
    .join('\n');
}

function indent(text: string): string[] {
  const lines = text.replace(/\r/g, '').trimEnd();
  return lines === '' ? [] : lines.split('\n').map((line) => `    ${line}`);
}

/** Replaces what differs from run to run. `folder` is the workspace of the run. */
export function maskUnstable(text: string, folder: string): string {
  return text
    .replaceAll(folder, '<workspace>')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
    .replace(/Chunk ID: [0-9a-f]{6}/g, 'Chunk ID: <chunk>')
    .replace(/Wall time: [\d.]+ seconds/g, 'Wall time: <time> seconds')
    .replace(/<current_date>.*<\/current_date>/g, '<current_date><date></current_date>')
    .replace(/<timezone>.*<\/timezone>/g, '<timezone><zone></timezone>')
    .replace(/(127\.0\.0\.1|localhost):\d+/g, '<server>');
}
