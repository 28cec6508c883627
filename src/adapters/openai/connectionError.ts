import * as l10n from '@vscode/l10n';
import { ModelError } from '../../ports/model';
import { isLoopback } from './loopback';

/** What a code of the system says of the host; undefined where it says nothing. */
function codeWords(code: string, host: string): string | undefined {
  switch (code) {
    case 'ECONNREFUSED':
      return l10n.t('{0} refused the connection.', host);
    case 'ENOTFOUND':
      return l10n.t('{0} could not be found.', host);
    case 'EAI_AGAIN':
      return l10n.t('{0} could not be found. Is the network up?', host);
    case 'ECONNRESET':
    case 'UND_ERR_SOCKET':
    case 'EPIPE':
      return l10n.t('{0} closed the connection.', host);
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'UND_ERR_HEADERS_TIMEOUT':
      return l10n.t('{0} did not answer in time.', host);
    case 'UND_ERR_BODY_TIMEOUT':
      return l10n.t('{0} fell silent.', host);
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
    case 'EHOSTDOWN':
      return l10n.t('{0} cannot be reached from this network.', host);
    case 'ENETDOWN':
      return l10n.t('{0} cannot be reached: the network is down.', host);
    default:
      return undefined;
  }
}

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
      l10n.t(
        'The certificate of {0} is not trusted ({1}). Check the base URL and the proxy.',
        host,
        certificate,
      ),
      { retryable: false },
    );
  }
  const isLocal = isLoopback(host);
  if (isLocal && codes.includes('ECONNREFUSED')) {
    const text = l10n.t('{0} refused the connection. Is the server running?', host);
    return new ModelError('stream', text, { retryable: true });
  }
  const words =
    !known && codes.includes('ENOTFOUND')
      ? l10n.t('{0} could not be found: the network is down, or the base URL is mistyped.', host)
      : codes.map((code) => codeWords(code, host)).find((text) => text !== undefined);
  return new ModelError('stream', words ?? l10n.t('{0} could not be reached.', host), {
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
