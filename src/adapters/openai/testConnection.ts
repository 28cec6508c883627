import * as l10n from '@vscode/l10n';
import { ModelError, type ModelRequest } from '../../ports/model';
import type { WireApi } from '../../protocol/turnContext';
import { chatWire } from './chatModel';
import { classifyFailure, type Failure } from './classifyError';
import { connectionFault, failureFault, type ConnectionFault } from './connectionFault';
import { createClient, loadClient, openAnswer, readAnswer } from './modelStream';
import type { ModelOptions, Wire } from './modelStream';
import { requestError } from './requestError';
import { responsesWire } from './responsesModel';
import { readTarget } from './target';

/** What a test of the connection found; the message is a sentence for people and never holds the key. */
export type ConnectionReport =
  | { readonly fault: null; readonly message: string }
  | { readonly fault: ConnectionFault; readonly message: string };

export interface ConnectionQuestion extends Pick<ModelOptions, 'credentials' | 'fetch'> {
  readonly model: string;
  readonly wireApi: WireApi;
  readonly serviceTier?: string;
  /** Longest wait for the answer to begin, in milliseconds. */
  readonly timeoutMs?: number;
}

/** Local servers load a model into memory before they say a word. */
const patienceMs = 30_000;

const wires: Readonly<Record<WireApi, Wire>> = { responses: responsesWire, chat: chatWire };

/**
 * Asks the model for a word and lets go as soon as it begins to answer, so that everything a turn needs is tried: the
 * way there, the key, the model, the API. Where the path is wrong the other API is tried too.
 * Undefined where the signal aborted.
 */
export async function testConnection(
  question: ConnectionQuestion,
  signal: AbortSignal,
): Promise<ConnectionReport | undefined> {
  const { wireApi } = question;
  const report = await tryApi(question, wireApi, signal);
  const other = wireApi === 'chat' ? 'responses' : 'chat';
  const speaksOther =
    report?.fault === 'wrongPath' && isSpoken(await tryApi(question, other, signal));
  if (signal.aborted) return undefined;
  if (!speaksOther) return report;
  const host = new URL(question.credentials.baseUrl()).host;
  return {
    fault: 'otherApi',
    message:
      other === 'chat'
        ? l10n.t('{0} speaks Chat Completions and not the Responses API.', host)
        : l10n.t('{0} speaks the Responses API and not Chat Completions.', host),
  };
}

/** True where the answer comes from something that knows the API, whatever it says. */
function isSpoken(report: ConnectionReport | undefined): boolean {
  const signs: readonly (ConnectionFault | null | undefined)[] = [
    ...[null, 'unknownModel', 'wrongKey', 'quota', 'rateLimit'],
  ] as const;
  return report !== undefined && signs.includes(report.fault);
}

async function tryApi(
  question: ConnectionQuestion,
  wireApi: WireApi,
  signal: AbortSignal,
): Promise<ConnectionReport | undefined> {
  const { credentials, model, timeoutMs = patienceMs } = question;
  const wire = wires[wireApi];
  const request = smallRequest(question, wireApi);
  const target = await readTarget(credentials, wire.keyless).catch((error: ModelError) => error);
  if (target instanceof ModelError) {
    const fault = target.code === 'credentials' ? 'missingKey' : 'baseUrl';
    return { fault, message: target.message };
  }
  const { host, key } = target;
  const context = { model, host, key, api: wire.api, knownHost: host === 'api.openai.com' };
  const Client = await loadClient();
  const timeout = AbortSignal.timeout(timeoutMs);
  const enough = new AbortController();
  const any = AbortSignal.any([signal, timeout, enough.signal]);
  try {
    const client = createClient(Client, question, target);
    const events = await openAnswer(wire, client, request, host, any);
    const failure = await firstSign(readAnswer(events, wire.reader(request)));
    if (!failure) {
      return { fault: null, message: l10n.t('{0} answers, and {1} can be used.', host, model) };
    }
    return { fault: failureFault(failure), message: classifyFailure(failure, context).message };
  } catch (error) {
    if (signal.aborted) return undefined;
    if (timeout.aborted) {
      const seconds = Math.round(timeoutMs / 1000);
      const message = l10n.t('{0} did not answer within {1} seconds.', host, seconds);
      return { fault: 'timeout', message };
    }
    const fault = connectionFault(error, Client);
    const { message } = requestError(error, Client, context);
    return { fault: fault === 'wrongKey' && key === '' ? 'missingKey' : fault, message };
  } finally {
    enough.abort();
  }
}

/** Reads until the model begins to answer; answers the failure where the server reports one instead. */
async function firstSign(answer: ReturnType<typeof readAnswer>): Promise<Failure | undefined> {
  for await (const readings of answer) {
    for (const reading of readings) {
      if (reading.type === 'failure') return reading.failure;
      if (reading.type !== 'created') return undefined;
    }
  }
  return { message: '' };
}

function smallRequest({ model, serviceTier }: ConnectionQuestion, wireApi: WireApi): ModelRequest {
  return {
    ...{ model, wireApi, instructions: 'Answer with one word.', tools: [] },
    input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hello' }] }],
    ...{ parallelToolCalls: false, promptCacheKey: 'tandem-connection-test' },
    ...(serviceTier && { serviceTier }),
  };
}
