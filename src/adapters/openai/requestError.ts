import * as l10n from '@vscode/l10n';
import type { APIError, OpenAI } from 'openai';
import { ModelError } from '../../ports/model';
import { classifyFailure, type ErrorContext } from './classifyError';
import { connectionError } from './connectionError';
import { readFailure } from './modelEvents';

/** What a request threw, as the error the agent acts on. */
export function requestError(
  error: unknown,
  client: typeof OpenAI,
  context: ErrorContext,
): ModelError {
  if (error instanceof ModelError) return error;
  const connectionFailed = () => connectionError(error, context.host, context.knownHost === true);
  if (error instanceof client.APIConnectionError) return connectionFailed();
  if (error instanceof client.APIError) {
    const { status, headers } = error as APIError;
    return classifyFailure({ ...readFailure(error.error), status, headers }, context);
  }
  if (error instanceof SyntaxError) {
    return new ModelError(
      'stream',
      l10n.t('{0} sent an event that cannot be read.', context.host),
      {
        retryable: true,
      },
    );
  }
  return connectionFailed();
}
