import { parseArgs } from 'node:util';
import {
  approvalPolicies,
  efforts,
  modes,
  sandboxModes,
  wireApis,
  type ApprovalPolicy,
  type Effort,
  type Mode,
  type Personality,
  type SandboxMode,
  type WireApi,
} from '../protocol/turnContext';
import { readDomainEntry } from '../protocol/allowedDomains';
import { defaultModel } from '../models/defaultModel';
import type { RepositoryTarget } from '../ports/reviewDiffs';
import type { ExportFormat } from '../protocol/viewProtocol';
import { collectLimits, limitNames, type TurnLimits } from '../protocol/usage';
import { UsageError } from './usage';

/** Settings of a headless run, under the names they have in VS Code. */
export interface RunSettings {
  readonly model: string;
  readonly reasoningEffort: Effort;
  readonly mode: Mode;
  readonly approvalPolicy: ApprovalPolicy;
  readonly sandboxMode: SandboxMode;
  /** Domains that confined commands may reach. */
  readonly allowedDomains?: readonly string[];
  readonly personality: Personality;
  readonly preambles: boolean;
  readonly baseUrl?: string;
  readonly limits?: TurnLimits;
  readonly wireApi?: WireApi;
  readonly serviceTier?: string;
}

/** What `tandem exec` was asked to do. Paths are as typed. */
export interface ExecArguments {
  readonly command: 'exec';
  /** Undefined where the prompt comes from stdin. */
  readonly prompt: string | undefined;
  /** True where the prompt was given as `-`. */
  readonly promptFromStdin: boolean;
  readonly resume?: { readonly id: string } | 'last';
  /** What to review, where a review was asked for; the prompt is then what to look at, or undefined. */
  readonly review?: RepositoryTarget;
  readonly json: boolean;
  readonly folder: string;
  readonly images: readonly string[];
  readonly lastMessageFile?: string;
  readonly outputSchemaFile?: string;
  readonly ephemeral: boolean;
  readonly settings: RunSettings;
}

export type Arguments =
  | ExecArguments
  | { readonly command: 'threads'; readonly action: 'list' }
  | { readonly command: 'threads'; readonly action: 'delete' | 'audit'; readonly id: string }
  | {
      readonly command: 'threads';
      readonly action: 'show';
      readonly id: string;
      readonly format: 'text' | ExportFormat;
    }
  | { readonly command: 'help' };

const options = {
  json: { type: 'boolean' },
  markdown: { type: 'boolean' },
  cd: { type: 'string', short: 'C' },
  model: { type: 'string', short: 'm' },
  config: { type: 'string', short: 'c', multiple: true },
  image: { type: 'string', short: 'i', multiple: true },
  sandbox: { type: 'string', short: 's' },
  approval: { type: 'string' },
  mode: { type: 'string' },
  'dangerously-bypass-approvals-and-sandbox': { type: 'boolean' },
  'skip-git-repo-check': { type: 'boolean' },
  'output-last-message': { type: 'string', short: 'o' },
  'output-schema': { type: 'string' },
  ephemeral: { type: 'boolean' },
  last: { type: 'boolean' },
  uncommitted: { type: 'boolean' },
  base: { type: 'string' },
  commit: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Values = ReturnType<typeof parse>['values'];

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
}

/** Reads the command line (without node and script). @throws UsageError */
export function readArguments(args: readonly string[]): Arguments {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const { values, positionals } = parsed;
  const [command, ...rest] = positionals;
  if (values.help || command === 'help') return { command: 'help' };
  if (command === 'exec') return readExec(values, rest);
  if (command === 'threads') return readThreads(values, rest);
  throw new UsageError(command === undefined ? 'Say what to do.' : `Unknown command: ${command}`);
}

function readExec(values: Values, positionals: readonly string[]): ExecArguments {
  const resuming = positionals[0] === 'resume';
  const reviewing = positionals[0] === 'review';
  const words = resuming || reviewing ? positionals.slice(1) : [...positionals];
  const review = readTarget(values, reviewing);
  const id = resuming && !values.last ? words.shift() : undefined;
  if (resuming && !values.last && id === undefined) {
    throw new UsageError('exec resume needs the id of a thread, or --last.');
  }
  if (words.length > 1) throw new UsageError('Give the prompt as one argument, in quotes.');
  if (values.markdown) throw new UsageError('--markdown is an option of threads show.');
  const prompt = words[0] === '-' ? undefined : words[0];
  return {
    command: 'exec',
    prompt,
    promptFromStdin: words[0] === '-',
    ...(review && { review }),
    ...(resuming ? { resume: id === undefined ? ('last' as const) : { id } } : {}),
    json: values.json ?? false,
    folder: values.cd ?? '.',
    images: values.image ?? [],
    ...(values['output-last-message'] ? { lastMessageFile: values['output-last-message'] } : {}),
    ...(values['output-schema'] ? { outputSchemaFile: values['output-schema'] } : {}),
    ephemeral: values.ephemeral ?? false,
    settings: readSettings(values),
  };
}

/** @throws UsageError where it names more than one target, or what a review does not take. */
function readTarget(values: Values, reviewing: boolean): RepositoryTarget | undefined {
  const { base, commit, uncommitted } = values;
  const targets: RepositoryTarget[] = [];
  if (base !== undefined) targets.push({ kind: 'base', ref: base });
  if (commit !== undefined) targets.push({ kind: 'commit', sha: commit });
  if (uncommitted) targets.push({ kind: 'uncommitted' });
  if (!reviewing) {
    if (targets.length === 0) return undefined;
    throw new UsageError('--base, --commit and --uncommitted are options of exec review.');
  }
  if (targets.length > 1) throw new UsageError('Give one of --base, --commit and --uncommitted.');
  if (values.image || values['output-schema']) {
    throw new UsageError('exec review takes no --image and no --output-schema.');
  }
  return targets[0] ?? { kind: 'uncommitted' };
}

function readThreads(values: Values, [action, id]: readonly string[]): Arguments {
  if (action === 'list') return { command: 'threads', action };
  if ((action === 'delete' || action === 'audit') && id) {
    return { command: 'threads', action, id };
  }
  if (action === 'show' && id)
    return { command: 'threads', action, id, format: readFormat(values) };
  throw new UsageError('threads takes list, show ID, audit ID or delete ID.');
}

function readFormat({ json, markdown }: Values): 'text' | ExportFormat {
  if (json && markdown) throw new UsageError('Give --json or --markdown, not both.');
  if (json) return 'jsonLines';
  return markdown ? 'markdown' : 'text';
}

function readSettings(values: Values): RunSettings {
  const config = new Map((values.config ?? []).map(readPair));
  for (const key of config.keys()) {
    if (!settingNames.has(key)) {
      throw new UsageError(`Unknown setting: ${key}. There are ${[...settingNames].join(', ')}.`);
    }
  }
  const bypass = values['dangerously-bypass-approvals-and-sandbox'] ?? false;
  const sandbox = values.sandbox ?? config.get('sandboxMode') ?? 'workspace-write';
  const baseUrl = config.get('baseUrl');
  const limits = collectLimits((name) => readLimit(`limits.${name}`, config.get(`limits.${name}`)));
  const wireApi = config.get('wireApi');
  const serviceTier = config.get('serviceTier');
  const allowedDomains = readDomains(config.get('network.allowedDomains') ?? '');
  return {
    model: values.model ?? config.get('model') ?? defaultModel,
    reasoningEffort: oneOf('reasoningEffort', config.get('reasoningEffort') ?? 'medium', efforts),
    mode: oneOf('mode', values.mode ?? config.get('mode') ?? 'agent', modes),
    approvalPolicy: bypass
      ? 'never'
      : oneOf(
          'approval',
          values.approval ?? config.get('approvalPolicy') ?? 'on-request',
          approvalPolicies,
        ),
    sandboxMode: bypass
      ? 'full-access'
      : oneOf('sandbox', sandbox === 'danger-full-access' ? 'full-access' : sandbox, sandboxModes),
    ...(allowedDomains.length > 0 && { allowedDomains }),
    personality: config.get('personality') ?? 'pragmatic',
    preambles: oneOf('preambles', config.get('preambles') ?? 'true', ['true', 'false']) === 'true',
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(limits && { limits }),
    ...(wireApi === undefined ? {} : { wireApi: oneOf('wireApi', wireApi, wireApis) }),
    ...(serviceTier ? { serviceTier } : {}),
  };
}

const settingNames: ReadonlySet<string> = new Set([
  ...['model', 'reasoningEffort', 'mode', 'approvalPolicy', 'sandboxMode'],
  ...['personality', 'preambles', 'baseUrl', 'wireApi', 'serviceTier', 'network.allowedDomains'],
  ...limitNames.map((name) => `limits.${name}`),
]);

/** Domains separated by commas, also as a JSON list. @throws UsageError for what is no domain. */
function readDomains(text: string): string[] {
  const domains = parseList(text) ?? text.split(',').map((domain) => domain.trim());
  if (text.trim() === '') return [];
  for (const domain of domains) {
    if (readDomainEntry(domain)) continue;
    throw new UsageError(
      `network.allowedDomains takes domains such as example.com, *.example.com or write:example.com, not ${domain}.`,
    );
  }
  return domains;
}

function parseList(text: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.map(String) : undefined;
  } catch {
    return undefined;
  }
}

/** A number above 0; `null` and nothing at all are no limit. */
function readLimit(name: string, text: string | undefined): number | undefined {
  if (text === undefined || text === 'null') return undefined;
  const limit = Number(text);
  if (text.trim() === '' || !Number.isFinite(limit) || limit <= 0) {
    throw new UsageError(`${name} takes a number above 0, not ${text}.`);
  }
  return limit;
}

/** `KEY=VALUE`; a leading `tandem.` and quotes around the value are dropped. */
function readPair(text: string): [string, string] {
  const equals = text.indexOf('=');
  if (equals < 1) throw new UsageError(`-c takes KEY=VALUE, not ${text}`);
  const key = text.slice(0, equals).replace(/^tandem\./, '');
  return [key, text.slice(equals + 1).replace(/^(["'])(.*)\1$/, '$2')];
}

function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((known) => known === value);
  if (found === undefined) {
    throw new UsageError(`${name} takes ${allowed.join(', ')}, not ${value}.`);
  }
  return found;
}
