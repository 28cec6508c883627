import { ModelError } from '../../ports/model';
import { isLoopback } from './loopback';

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection',
  ENOTFOUND: 'could not be found',
  EAI_AGAIN: 'could not be found; is the network up',
  ECONNRESET: 'closed the connection',
  UND_ERR_SOCKET: 'closed the connection',
  EPIPE: 'closed the connection',
  ETIMEDOUT: 'did not answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'did not answer in time',
  UND_ERR_HEADERS_TIMEOUT: 'did not answer in time',
  UND_ERR_BODY_TIMEOUT: 'fell silent',
  ENETUNREACH: 'cannot be reached from this network',
  EHOSTUNREACH: 'cannot be reached from this network',
  ENETDOWN: 'cannot be reached: the network is down',
  EHOSTDOWN: 'cannot be reached from this network',
};

/** Failures to get through at all: the network may be down, and waiting helps. */
const offlineCodes = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
];

/**
 * A request that got no whole answer: the connection could not be made, or broke on the way. A name that cannot be
 * found is waited for like any lack of a network (a VPN may bring it), so the person hears that it may be wrong.
 * @param known whether the host was reached before, so that its name is right.
 */
export function connectionError(error: unknown, host: string, known: boolean): ModelError {
  const codes = errorCodes(error);
  const certificate = codes.find((code) => /CERT|TLS|SSL|SIGNATURE/.test(code));
  if (certificate) {
    return new ModelError(
      'stream',
      `The certificate of ${host} is not trusted (${certificate}). Check the base URL and the proxy.`,
      { retryable: false },
    );
  }
  const isLocal = isLoopback(host);
  if (isLocal && codes.includes('ECONNREFUSED')) {
    return new ModelError('stream', `${host} refused the connection. Is the server running?`, {
      retryable: true,
    });
  }
  const reason =
    !known && codes.includes('ENOTFOUND')
      ? 'could not be found: the network is down, or the base URL is mistyped'
      : codes.map((code) => reasons[code]).find((text) => text !== undefined);
  return new ModelError('stream', `${host} ${reason ?? 'could not be reached'}.`, {
    retryable: true,
    offline: !isLocal && codes.some((code) => offlineCodes.includes(code)),
  });
}

/** The system's codes from an error, its causes, and the attempts of a connect. */
export function errorCodes(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error) || depth > 5) return [];
  const { code } = error as { code?: unknown };
  const attempts = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  return [
    ...(typeof code === 'string' ? [code] : []),
    ...[error.cause, ...attempts].flatMap((inner) => errorCodes(inner, depth + 1)),
  ];
}
