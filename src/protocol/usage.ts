/** Token counts as the server reported them. `inputTokens` includes the cached ones. */
export interface Usage {
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
  readonly reasoningOutputTokens: number;
}

/** What a turn may use at most; absent means no limit. Only the person sets these. */
export interface TurnLimits {
  readonly tokens?: number;
  /** US dollars, estimated. */
  readonly cost?: number;
  readonly minutes?: number;
  readonly commands?: number;
}

export const limitNames: readonly (keyof TurnLimits)[] = ['tokens', 'cost', 'minutes', 'commands'];

/** The limits that are set, undefined where none is; `read` answers null or undefined where one is not. */
export function collectLimits(
  read: (name: keyof TurnLimits) => number | null | undefined,
): TurnLimits | undefined {
  const limits: { -readonly [Name in keyof TurnLimits]: TurnLimits[Name] } = {};
  for (const name of limitNames) {
    const limit = read(name);
    if (limit !== null && limit !== undefined) limits[name] = limit;
  }
  return Object.keys(limits).length > 0 ? limits : undefined;
}

export const noUsage: Usage = {
  inputTokens: 0,
  cachedInputTokens: 0,
  outputTokens: 0,
  reasoningOutputTokens: 0,
};

/** The sum of two usages, field by field. */
export function addUsage(a: Usage, b: Usage): Usage {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    cachedInputTokens: a.cachedInputTokens + b.cachedInputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    reasoningOutputTokens: a.reasoningOutputTokens + b.reasoningOutputTokens,
  };
}

/** US dollars per million tokens. */
export interface Prices {
  readonly input: number;
  readonly cachedInput: number;
  readonly output: number;
}

/** What a usage costs in US dollars by a list of prices; undefined where the prices are not known. */
export function costOf(usage: Usage, prices: Prices | undefined): number | undefined {
  if (!prices) return undefined;
  const fresh = usage.inputTokens - usage.cachedInputTokens;
  const dollars =
    fresh * prices.input +
    usage.cachedInputTokens * prices.cachedInput +
    usage.outputTokens * prices.output;
  return dollars / 1_000_000;
}
