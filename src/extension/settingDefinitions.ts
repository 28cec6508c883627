import * as l10n from '@vscode/l10n';
import type { Sentence } from '../base/language';
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

/** When a notification tells of a turn that ended or that waits: to a person elsewhere, to any, or never. */
export const notificationPolicies = ['unfocused', 'always', 'never'] as const;
export type NotificationPolicy = (typeof notificationPolicies)[number];

/** The settings below `tandem.`, as the rest of the extension sees them. */
export interface SettingValues {
  /** Base URL of the API; empty where the environment or the API's own decides. */
  readonly baseUrl: string;
  readonly wireApi: WireApi;
  /** Class of service asked for; empty where the server decides. */
  readonly serviceTier: string;
  readonly model: string;
  readonly reasoningEffort: Effort;
  readonly approvalPolicy: ApprovalPolicy;
  readonly sandboxMode: SandboxMode;
  /** Domains that confined commands may reach without a question; see `readDomainEntry`. */
  readonly 'network.allowedDomains': readonly string[];
  /** Names of environment variables that commands get beyond the usual ones. */
  readonly 'environment.allow': readonly string[];
  /** Patterns of files that the agent must not see, beyond the usual ones; with `!` those that it may. */
  readonly hiddenFiles: readonly string[];
  readonly mode: Mode;
  readonly personality: Personality;
  readonly preambles: boolean;
  readonly notifications: NotificationPolicy;
  /** What a turn may use at most; null where it has no limit. */
  readonly 'limits.tokens': number | null;
  /** US dollars, estimated. */
  readonly 'limits.cost': number | null;
  readonly 'limits.minutes': number | null;
  readonly 'limits.commands': number | null;
  /** Findings of a review below it, from 0 to 1, are folded. */
  readonly 'review.confidence': number;
  /** Reviews what each finished turn changed. */
  readonly 'review.ambient': boolean;
  /** Megabytes that the checkpoints of a workspace take at most. */
  readonly 'review.checkpointStorageMb': number;
}

export type SettingName = keyof SettingValues;

/** What VS Code knows of one setting; `undefined` where it is not set on that level. */
export interface Inspection {
  readonly globalValue?: unknown;
  readonly workspaceValue?: unknown;
  readonly workspaceFolderValue?: unknown;
}

interface Definition<T> {
  readonly fallback: T;
  /**
   * True for settings that decide where data goes or what runs: a folder somebody else made must not change
   * them, so workspace values are passed over here too and not only by the scope in the manifest.
   */
  readonly personal: boolean;
  /** What a valid value is, as the end of a sentence. */
  readonly expects: Sentence;
  /** What a person is told where the fallback does not take the place of a value that is not valid. */
  readonly refusal?: Sentence;
  /** The value where it is valid. */
  parse(value: unknown): T | undefined;
}

const limit: Definition<number | null> = {
  fallback: null,
  personal: true,
  expects: () => l10n.t('a number above 0, or null for no limit'),
  parse: (value) =>
    value === null || (typeof value === 'number' && Number.isFinite(value) && value > 0)
      ? value
      : undefined,
};

export const settingDefinitions: {
  readonly [Name in SettingName]: Definition<SettingValues[Name]>;
} = {
  baseUrl: {
    fallback: '',
    personal: true,
    expects: () => l10n.t('an http or https address'),
    refusal: () =>
      l10n.t('tandem.baseUrl must be an http or https address; no turn starts until it is one.'),
    parse: (value) => (value === '' || isWebAddress(value) ? value : undefined),
  },
  wireApi: { ...oneOf(wireApis, 'responses'), personal: true },
  serviceTier: {
    fallback: '',
    personal: true,
    expects: () => l10n.t('a word such as flex or priority'),
    parse: (value) =>
      typeof value === 'string' && /^[a-z_-]{0,40}$/.test(value) ? value : undefined,
  },
  model: {
    fallback: defaultModel,
    personal: true,
    expects: () => l10n.t('the id of a model'),
    parse: (value) => (typeof value === 'string' && value.trim() ? value.trim() : undefined),
  },
  reasoningEffort: { ...oneOf(efforts, 'medium'), personal: true },
  approvalPolicy: { ...oneOf(approvalPolicies, 'on-request'), personal: true },
  sandboxMode: { ...oneOf(sandboxModes, 'workspace-write'), personal: true },
  'network.allowedDomains': {
    fallback: [],
    personal: true,
    expects: () =>
      l10n.t('a list of domains such as example.com, *.example.com or write:example.com'),
    parse: (value) => (Array.isArray(value) && value.every(isDomain) ? value : undefined),
  },
  'environment.allow': {
    fallback: [],
    personal: true,
    expects: () => l10n.t('a list of variable names'),
    parse: (value) => (Array.isArray(value) && value.every(isVariableName) ? value : undefined),
  },
  hiddenFiles: {
    fallback: [],
    personal: true,
    expects: () => l10n.t('a list of patterns such as *.sql or !.env.test'),
    parse: (value) => (Array.isArray(value) && value.every(isPattern) ? value : undefined),
  },
  mode: { ...oneOf(modes, 'agent'), personal: false },
  personality: {
    fallback: 'pragmatic',
    personal: false,
    expects: () => l10n.t('a text of at most 2,000 characters'),
    parse: (value) => (typeof value === 'string' && value.length <= 2000 ? value : undefined),
  },
  preambles: {
    fallback: true,
    personal: false,
    expects: () => l10n.t('true or false'),
    parse: (value) => (typeof value === 'boolean' ? value : undefined),
  },
  notifications: { ...oneOf(notificationPolicies, 'unfocused'), personal: false },
  'limits.tokens': limit,
  'limits.cost': limit,
  'limits.minutes': limit,
  'limits.commands': limit,
  'review.confidence': {
    fallback: 0.7,
    personal: false,
    expects: () => l10n.t('a number from 0 to 1'),
    parse: (value) => (typeof value === 'number' && value >= 0 && value <= 1 ? value : undefined),
  },
  'review.ambient': {
    fallback: false,
    personal: true,
    expects: () => l10n.t('true or false'),
    parse: (value) => (typeof value === 'boolean' ? value : undefined),
  },
  'review.checkpointStorageMb': {
    fallback: 500,
    personal: true,
    expects: () => l10n.t('a number of megabytes, at least 10'),
    parse: (value) =>
      typeof value === 'number' && Number.isFinite(value) && value >= 10 ? value : undefined,
  },
};

/** The value that counts, and in words for people what was passed over. Invalid values fall back. */
export function resolveSetting<Name extends SettingName>(
  name: Name,
  inspection: Inspection | undefined,
): { readonly value: SettingValues[Name]; readonly problem?: string } {
  const definition: Definition<SettingValues[Name]> = settingDefinitions[name];
  const { globalValue, workspaceValue, workspaceFolderValue } = inspection ?? {};
  const fromWorkspace = workspaceFolderValue ?? workspaceValue;
  const raw = definition.personal ? globalValue : (fromWorkspace ?? globalValue);
  const value = raw === undefined ? definition.fallback : definition.parse(raw);
  if (value === undefined) {
    return {
      value: definition.fallback,
      problem:
        definition.refusal?.() ??
        l10n.t(
          '{0} must be {1}; using {2}.',
          `tandem.${name}`,
          definition.expects(),
          describe(definition.fallback),
        ),
    };
  }
  if (definition.personal && fromWorkspace !== undefined) {
    return { value, problem: ignoredSetting(name) };
  }
  return { value };
}

/** What a person is told about a value that a workspace may not set. */
export function ignoredSetting(name: SettingName): string {
  return l10n.t(
    '{0} is a personal setting: the value in this workspace is ignored.',
    `tandem.${name}`,
  );
}

function oneOf<T extends string>(
  values: readonly T[],
  fallback: T,
): Omit<Definition<T>, 'personal'> {
  return {
    fallback,
    expects: () => l10n.t('one of {0}', values.join(', ')),
    parse: (value) => values.find((candidate) => candidate === value),
  };
}

function isWebAddress(value: unknown): value is string {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  return ['http:', 'https:'].includes(new URL(value).protocol);
}

function isDomain(value: unknown): value is string {
  return typeof value === 'string' && readDomainEntry(value) !== undefined;
}

function isVariableName(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z_][A-Za-z0-9_]*$/.test(value);
}

function isPattern(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && !/[\n\0]/.test(value);
}

function describe(value: unknown): string {
  return value === '' ? l10n.t('the default') : JSON.stringify(value);
}
