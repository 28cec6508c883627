import * as vscode from 'vscode';
import { RequestError } from './requestError';

/**
 * What the person is told of a RepositoryError, or of something they stopped; undefined for anything else. By its name,
 * because parts that are loaded later carry a class of their own.
 */
export function repositoryProblem(error: unknown): RequestError | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'AbortError') return new RequestError('failed', vscode.l10n.t('Stopped.'));
  if (error.name !== 'RepositoryError') return undefined;
  const { output } = error as Error & { readonly output?: string };
  return new RequestError('failed', output ? `${error.message}\n\n${output}` : error.message);
}
