import { cleanTerminalText } from '../base/terminalText';
import type { ThreadEvent } from '../protocol/events';
import type { Item } from '../protocol/items';

/** What a person at a terminal reads while a turn runs; one or more lines per event, or nothing. */
export function progressText(event: ThreadEvent): string | undefined {
  switch (event.type) {
    case 'item.started':
      return event.item.type === 'commandExecution' ? `$ ${event.item.command}` : undefined;
    case 'item.completed':
      return itemText(event.item);
    case 'plan.updated':
      return event.plan.steps
        .map(
          ({ step, status }) =>
            `  ${{ pending: '·', in_progress: '>', completed: '✓' }[status]} ${step}`,
        )
        .join('\n');
    case 'notice.raised':
      return `${event.level}: ${event.text}`;
    case 'step.retried':
      return `${event.error.message} ${event.waitingFor === 'network' ? 'Waiting for the network, trying' : 'Trying'} again in ${(event.delayMs / 1000).toFixed(1)} s (attempt ${event.attempt}).`;
    case 'turn.failed':
      return `failed: ${event.error.message}`;
    case 'turn.interrupted':
      return event.by === 'limit' ? 'stopped at a limit' : 'interrupted';
    default:
      return undefined;
  }
}

function itemText(item: Item): string | undefined {
  switch (item.type) {
    case 'agentMessage':
      return item.phase === 'commentary' && item.text !== '' ? item.text : undefined;
    case 'commandExecution': {
      if (item.status === 'declined')
        return '  denied: it needs approval and there is no person to ask';
      const output = cleanTerminalText(item.output).trimEnd();
      const lines = output === '' ? [] : output.split('\n');
      const shown = lines.slice(-8).map((line) => `  ${line}`);
      if (lines.length > shown.length)
        shown.unshift(`  … ${lines.length - shown.length} lines above`);
      return [...shown, `  exit ${item.exitCode ?? 'unknown'}`].join('\n');
    }
    case 'fileChange':
      if (item.status === 'declined')
        return '  denied: the change needs approval and there is no person to ask';
      return (
        item.error ??
        item.changes.map((c) => `  ${c.kind} ${c.path} +${c.added} -${c.removed}`).join('\n')
      );
    case 'toolCall':
      return item.title;
    case 'compaction':
      return item.status === 'completed' ? 'earlier history was summarised' : undefined;
    case 'question':
      return item.questions.map(({ question }) => `? ${question}`).join('\n');
    case 'proposedPlan':
    case 'review':
    case 'reasoning':
    case 'userMessage':
      return undefined;
  }
}
