import { environmentSecrets } from '../adapters/log/environmentSecrets';
import { Redactor } from '../adapters/log/redactor';
import { errorMessage } from '../base/errorMessage';
import type { Log } from '../ports/log';
import { readArguments, type Arguments } from './arguments';
import { compose } from './composition';
import { exec } from './exec';
import type { Output } from './output';
import { redactedOutput } from './redactedOutput';
import { stateFolder } from './stateFolder';
import { auditThread, deleteThread, listThreads, showThread } from './threadCommands';
import { UsageError, usageText } from './usage';

/** The whole command-line program; answers its exit code. */
export async function runCli(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  given: Output,
  signal: AbortSignal,
): Promise<number> {
  const redactor = new Redactor(environmentSecrets(env));
  const output = redactedOutput(given, redactor);
  try {
    return await runCommand(readArguments(args), env, output, signal, redactor);
  } catch (error) {
    output.err(`tandem: ${redactor.redact(errorMessage(error))}\n`);
    if (!(error instanceof UsageError)) return 1;
    output.err('Try `tandem --help`.\n');
    return 2;
  } finally {
    output.end();
  }
}

async function runCommand(
  args: Arguments,
  env: NodeJS.ProcessEnv,
  output: Output,
  signal: AbortSignal,
  redactor: Redactor,
): Promise<number> {
  if (args.command === 'help') {
    output.out(usageText);
    return 0;
  }
  const { threads, store } = compose({
    env,
    stateFolder: stateFolder(env),
    ephemeral: args.command === 'exec' && args.ephemeral,
    baseUrl: args.command === 'exec' ? args.settings.baseUrl : undefined,
    log: stderrLog(env, output, redactor),
  });
  try {
    if (args.command === 'exec') return await exec(args, threads, output, signal);
    if (args.action === 'list') listThreads(store, output);
    else if (args.action === 'audit') auditThread(store, args.id, output);
    else if (args.action === 'show') showThread(store, args, output);
    else await deleteThread(threads, args.id, output);
    return 0;
  } finally {
    await threads.dispose();
  }
}

/** Diagnostics go to stderr, and only when asked for. */
function stderrLog(env: NodeJS.ProcessEnv, output: Output, redactor: Redactor): Log {
  const write = (level: string) => (message: string, error?: unknown) => {
    if (!env.TANDEM_LOG) return;
    const text = `${message}${error ? ` ${errorMessage(error)}` : ''}`;
    output.err(`[${level}] ${redactor.redact(text)}\n`);
  };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}
