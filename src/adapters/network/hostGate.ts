import * as l10n from '@vscode/l10n';
import { inEnglish } from '../../base/language';
import type { HostAnswer, NetworkAccess } from '../../ports/sandbox';
import type { HostDecidedBy } from '../../protocol/hostContact';
import { AllowedHosts } from './allowedHosts';
import { mixesScripts, readableName } from './hostName';
import { isSharedHost } from './sharedHosts';

/** One try of a command to reach a host; the host is canonical. */
export interface HostRequest {
  readonly host: string;
  readonly port: number;
  /** `CONNECT` where nobody can see what is done inside, else the HTTP method. */
  readonly method: string;
  /** True where data is sent along. */
  readonly writing: boolean;
}

export type HostVerdict =
  | { readonly allowed: true; readonly by: HostDecidedBy }
  /** `reason` is a sentence for the model and the record. */
  | { readonly allowed: false; readonly by: HostDecidedBy; readonly reason: string };

/** Questions one command may bring up; a program that makes up names must not flood the person. */
const mostQuestions = 20;

/**
 * Decides which hosts one command may reach. A name is never looked up before that: a look-up alone can carry data
 * away. Doubt asks, and where nobody can be asked it denies.
 */
export class HostGate {
  private readonly allowed: AllowedHosts;
  /** What was asked, by host, port and whether it writes: an answer holds for the command. */
  private readonly asked = new Map<string, Promise<HostAnswer>>();

  constructor(
    private readonly access: NetworkAccess,
    /** Aborts when the command has ended. */
    private readonly signal: AbortSignal,
  ) {
    this.allowed = new AllowedHosts(access.allowedDomains);
  }

  async decide(request: HostRequest): Promise<HostVerdict> {
    const { host, port } = request;
    if (!this.allowed.isKnownPort(host, port)) {
      const reason = `Port ${port} of ${host} is not open to commands. The person can add ${host}:${port} to tandem.network.allowedDomains.`;
      return { allowed: false, by: 'policy', reason };
    }
    const reasons = this.reasonsToAsk(request);
    if (reasons.length === 0) return { allowed: true, by: 'setting' };
    const answer = await this.askOnce(request, reasons);
    if (answer.allowed) return { allowed: true, by: answer.by };
    // What is refused the model is told, in English.
    const told = inEnglish(() => this.reasonsToAsk(request));
    return { allowed: false, by: answer.by, reason: refusal(request, told, answer) };
  }

  /** Empty where the setting alone allows it. */
  private reasonsToAsk({ host, port, method, writing }: HostRequest): readonly string[] {
    const entries = this.allowed.covering(host, port);
    const reasons: string[] = [];
    if (entries.length === 0) reasons.push(l10n.t('is not among the allowed domains'));
    if (entries.some((entry) => entry.writing)) return reasons;
    if (writing) reasons.push(l10n.t('sends data ({0})', method));
    if (method === 'CONNECT' && isSharedHost(host)) {
      reasons.push(l10n.t('anybody can keep things there, and what is sent is encrypted'));
    }
    return reasons;
  }

  /** Two tries at once are one question. What may be written to may be read. */
  private async askOnce(request: HostRequest, reasons: readonly string[]): Promise<HostAnswer> {
    const place = `${request.host}:${request.port}`;
    const known = await this.asked.get(`write ${place}`);
    if (known?.allowed) return known;
    const key = `${mayWrite(request) ? 'write' : 'read'} ${place}`;
    const before = this.asked.get(key);
    if (before) return before;
    if (this.asked.size >= mostQuestions) return refused;
    const answer = this.ask(request, reasons);
    this.asked.set(key, answer);
    return answer;
  }

  private async ask(request: HostRequest, reasons: readonly string[]): Promise<HostAnswer> {
    const { ask } = this.access;
    if (!ask) return refused;
    const { host, port, method } = request;
    const readable = readableName(host);
    return ask(
      {
        ...{ host, port, method, writing: mayWrite(request) },
        reasons: [...reasons, ...lookReasons(readable)],
        ...(readable === undefined ? {} : { readable }),
      },
      this.signal,
    );
  }
}

const refused: HostAnswer = { allowed: false, by: 'policy' };

/** A name that only looks like another one is the oldest trick. */
function lookReasons(readable: string | undefined): readonly string[] {
  if (readable === undefined) return [];
  return mixesScripts(readable)
    ? [l10n.t('its name mixes scripts, as names do that imitate others')]
    : [l10n.t('its name has letters that may only look like those of a name you know')];
}

/** Inside an encrypted connection nobody sees whether data is sent. */
function mayWrite({ method, writing }: HostRequest): boolean {
  return writing || method === 'CONNECT';
}

function refusal(
  { host, port, method, writing }: HostRequest,
  reasons: readonly string[],
  { by }: HostAnswer,
): string {
  const place = `${host}:${port}`;
  if (by === 'user') return `${place} was refused by the person.`;
  const needsWriting = writing || (method === 'CONNECT' && isSharedHost(host));
  const entry = `${needsWriting ? 'write:' : ''}${port === 80 || port === 443 ? host : place}`;
  return `${place} was refused: ${reasons.join('; ')}. The person can add ${entry} to tandem.network.allowedDomains.`;
}
