import type { APIError } from 'openai';
import { ModelError } from '../../ports/model';
import type { Failure } from './classifyError';
import { errorCodes } from './connectionError';
import { readFailure } from './modelEvents';
import type { Client } from './modelStream';

/** What is in the way between here and a model's answer, as far as different things help. */
export type ConnectionFault =
  /** The base URL is no address. */
  | 'baseUrl'
  | 'missingKey'
  | 'wrongKey'
  /** The key is known and may not do this. */
  | 'forbidden'
  /** The server does not have the model, or not for this key. */
  | 'unknownModel'
  /** Nothing that speaks to models is at the base URL's path. */
  | 'wrongPath'
  /** The server speaks the other of the two APIs. */
  | 'otherApi'
  | 'quota'
  | 'rateLimit'
  /** The server itself failed. */
  | 'server'
  | 'hostNotFound'
  | 'refused'
  | 'unreachable'
  | 'certificate'
  | 'timeout'
  /** The server does not accept the request for a reason of its own. */
  | 'request';

/** Sorts what a request threw by what helps. */
export function connectionFault(error: unknown, Client: Client): ConnectionFault {
  // Read in an answer that is no stream of events.
  if (error instanceof ModelError) return error.code === 'stream' ? 'server' : 'wrongPath';
  if (error instanceof Client.APIError && !(error instanceof Client.APIConnectionError)) {
    const { status, headers } = error as APIError;
    const isPage = /\bhtml\b/.test(headers?.get('content-type') ?? '');
    if (isPage && (status ?? 0) < 500) return 'wrongPath';
    return failureFault({ ...readFailure(error.error), status });
  }
  const codes = errorCodes(error);
  const has = (pattern: RegExp) => codes.some((code) => pattern.test(code));
  if (has(/CERT|TLS|SSL|SIGNATURE/)) return 'certificate';
  if (has(/^(ENOTFOUND|EAI_AGAIN)$/)) return 'hostNotFound';
  if (has(/^ECONNREFUSED$/)) return 'refused';
  return has(/TIMEDOUT|TIMEOUT/) ? 'timeout' : 'unreachable';
}

/** Sorts a failure that the server reported, by its status or inside a stream that has none. */
export function failureFault(failure: Failure): ConnectionFault {
  const { status, code = '', type = '', message = '' } = failure;
  const isAboutModel = code === 'model_not_found' || /\bmodel\b/i.test(message);
  if (status === 401 || /invalid_api_key|authentication_error/.test(`${code} ${type}`)) {
    return 'wrongKey';
  }
  if (status === 402 || /quota|billing|usage_limit/.test(`${code} ${type}`)) return 'quota';
  if (status === 403) return isAboutModel ? 'unknownModel' : 'forbidden';
  if (status === 429 || /rate_limit|too_many/.test(`${code} ${type}`)) return 'rateLimit';
  if (code === 'model_not_found' || (status === 404 && isAboutModel)) return 'unknownModel';
  if (status === undefined || status >= 500 || status === 408) {
    return status === 501 ? 'wrongPath' : 'server';
  }
  return status === 404 || status === 405 || status < 400 ? 'wrongPath' : 'request';
}
