import type { LogOutputChannel } from 'vscode';
import { errorMessage } from '../base/errorMessage';

const writing: ReadonlySet<string | symbol> = new Set([
  ...['trace', 'debug', 'info', 'warn', 'error', 'append', 'appendLine', 'replace'],
]);

/** The log channel with `redact` between every writer and the log, errors and their stacks included. */
export function redactedChannel(
  channel: LogOutputChannel,
  redact: (text: string) => string,
): LogOutputChannel {
  const clean = (value: unknown) => redact(textOf(value));
  return new Proxy(channel, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      const method = member as (...args: unknown[]) => unknown;
      if (!writing.has(name)) return method.bind(target);
      return (...args: unknown[]) => method.apply(target, args.map(clean));
    },
  });
}

function textOf(value: unknown): string {
  if (value instanceof Error) return value.stack ?? errorMessage(value);
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
}
