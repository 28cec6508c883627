import * as l10n from '@vscode/l10n';
import type { TurnErrorCode } from '../../protocol/events';
import { ModelError } from '../../ports/model';
import { Redactor } from '../log/redactor';
import { parseRetryAfter } from './retryAfter';

/** What is known of a failure, from an HTTP answer or from an event of the stream. */
export interface Failure {
  /** HTTP status; absent for a failure told inside a stream. */
  readonly status?: number | undefined;
  readonly headers?: Headers | undefined;
  /** The server's error code and type, such as `context_length_exceeded`. */
  readonly code?: string | undefined;
  readonly type?: string | undefined;
  /** The server's own words. */
  readonly message?: string | undefined;
  readonly cause?: unknown;
}

/** What messages may name. */
export interface ErrorContext {
  readonly model: string;
  /** Host and port of the server. */
  readonly host: string;
  /** Never shown: cut out wherever a server repeats it. Empty where none was sent. */
  readonly key: string;
  /** What the API is called; the Responses API where nothing is said. */
  readonly api?: string;
  /** True where the host answered before, or is the one that Tandem itself names. */
  readonly knownHost?: boolean;
}

/** Messages of a server are cut after so many characters. */
const maxServerWords = 1000;

const quotaCodes = [
  'insufficient_quota',
  'billing_hard_limit_reached',
  'billing_not_active',
  'usage_limit_reached',
  'usage_limit_exceeded',
  'usage_not_included',
];
const overflowCodes = [
  'context_length_exceeded',
  'context_window_exceeded',
  'exceed_context_size_error',
];
const rateLimitCodes = ['rate_limit_exceeded', 'rate_limit_error', 'too_many_requests'];
const serverCodes = ['server_error', 'server_is_overloaded', 'slow_down', 'internal_error'];
const credentialCodes = ['invalid_api_key', 'authentication_error', 'account_deactivated'];

/** Sorts a failure that the server reported into the classes the agent acts on. */
export function classifyFailure(failure: Failure, context: ErrorContext): ModelError {
  const { status } = failure;
  const { host } = context;
  const words = serverWords(failure.message, context.key);
  const error = (code: TurnErrorCode, message: string, retryable = false) =>
    new ModelError(code, message, {
      retryable,
      retryAfterMs: retryable ? parseRetryAfter(failure.headers, failure.message) : undefined,
    });
  const is = (codes: readonly string[]) =>
    codes.includes(failure.code ?? '') || codes.includes(failure.type ?? '');

  if (is(overflowCodes) || /context (length|window|size)|maximum context/i.test(words)) {
    return error(
      'contextOverflow',
      withWords(l10n.t('The thread is longer than the model can read'), words),
    );
  }
  if (is(quotaCodes) || status === 402) {
    return error('quota', withWords(l10n.t('The account has no budget left'), words));
  }
  if (status === 401 && context.key === '') {
    return error('credentials', withWords(l10n.t('{0} wants an API key', host), words));
  }
  if (status === 401 || is(credentialCodes)) {
    return error('credentials', withWords(l10n.t('{0} refuses the API key', host), words));
  }
  if (status === 403) {
    const text = l10n.t('{0} does not allow this with the API key', host);
    return error('credentials', withWords(text, words));
  }
  if (status === 429 || is(rateLimitCodes)) {
    return error('rateLimit', withWords(l10n.t('{0} asks to slow down', host), words), true);
  }
  if (status === 404 || failure.code === 'model_not_found') {
    return error('invalidRequest', notFound(failure, words, context));
  }
  if (status !== undefined && status >= 300 && status < 400) {
    const text = l10n.t('{0} redirects elsewhere ({1}). Check the base URL.', host, status);
    return error('invalidRequest', text);
  }
  if (status === 408 || status === 409 || (status ?? 0) >= 500 || is(serverCodes)) {
    const text =
      status === undefined
        ? l10n.t('{0} failed', host)
        : l10n.t('{0} answered with status {1}', host, status);
    return error('stream', withWords(text, words), true);
  }
  if (status !== undefined || failure.code !== undefined || failure.type !== undefined) {
    const text =
      status === undefined
        ? l10n.t('{0} does not accept the request', host)
        : l10n.t('{0} does not accept the request ({1})', host, status);
    return error('invalidRequest', withWords(text, words));
  }
  return error('stream', withWords(l10n.t('{0} reported an error', host), words), true);
}

/** An answer that the server cut short; asking again would be cut at the same place. */
export function incompleteError(reason: string): ModelError {
  const why: Readonly<Record<string, string>> = {
    max_output_tokens: l10n.t('The answer is longer than the model can write.'),
    content_filter: l10n.t('The content filter of the server stopped the answer.'),
  };
  const known = why[reason];
  if (known) return new ModelError('invalidRequest', known, { retryable: false });
  const text = l10n.t('The server left the answer incomplete.');
  return new ModelError('stream', text, { retryable: true });
}

function notFound(failure: Failure, words: string, context: ErrorContext): string {
  const { host, model, key, api = 'Responses API' } = context;
  if (failure.code === 'model_not_found' || /\bmodel\b/i.test(words)) {
    const text =
      key === ''
        ? l10n.t('{0} does not have the model {1}', host, model)
        : l10n.t('{0} does not have the model {1} for this API key', host, model);
    return withWords(text, words);
  }
  return l10n.t(
    '{0} has no {1} at this address (404). Check the base URL; it usually ends in /v1.',
    host,
    api,
  );
}

/** The server's message made fit for a person: no key, no JSON, no page of HTML. */
function serverWords(message: string | undefined, key: string): string {
  const text = unwrapJson((message ?? '').trim());
  if (/^\s*</.test(text) || /^[[{]/.test(text)) return '';
  const safe = new Redactor([key]).redact(text).replace(/\s+/g, ' ');
  return safe.length > maxServerWords ? `${safe.slice(0, maxServerWords)}…` : safe;
}

/** Some servers put the JSON of an error into the message of another one. */
function unwrapJson(text: string): string {
  if (!text.startsWith('{')) return text;
  try {
    const value = JSON.parse(text) as { message?: unknown; error?: { message?: unknown } };
    const inner = value.error?.message ?? value.message;
    return typeof inner === 'string' ? inner : '';
  } catch {
    return '';
  }
}

/** What happened, and the server's own words after it. */
function withWords(what: string, words: string): string {
  return words === '' ? l10n.t('{0}.', what) : l10n.t('{0}: {1}', what, words);
}
