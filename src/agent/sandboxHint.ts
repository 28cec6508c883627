import type { TerminalOutput } from '../ports/terminal';

/** What programs print when the sandbox stops them, and what stopped them. */
const signs: readonly { readonly pattern: RegExp; readonly cause: string }[] = [
  {
    pattern: /read-only file system|\bEROFS\b/i,
    cause: 'files outside the folder and what other programs obey (.git, .vscode) are read-only',
  },
  {
    pattern:
      /could not resolve|temporary failure in name resolution|name or service not known|network is unreachable|couldn't connect to server|\b(EAI_AGAIN|ENETUNREACH|ENOTFOUND|ENOTCACHED)\b|getaddrinfo/i,
    cause: 'there is no network',
  },
  {
    pattern: /operation not permitted|\bEPERM\b/i,
    cause: 'sockets of other programs, mounts and debugging are out of reach',
  },
];

/**
 * A line for the model where a confined command failed as commands fail in the sandbox; undefined where nothing points
 * to it. The command is never run again by itself: only the person can let it out.
 */
export function sandboxHint({ text, exitCode }: TerminalOutput): string | undefined {
  if (exitCode === undefined || exitCode === 0) return undefined;
  const causes = signs.filter(({ pattern }) => pattern.test(text)).map(({ cause }) => cause);
  if (causes.length === 0) return undefined;
  return `The sandbox probably blocked this: ${causes.join('; ')}. It was not run again. If the task needs it and your permissions allow it, call exec_command with sandbox_permissions "require_escalated" and a justification; otherwise go on without it.`;
}
