import { countTokens } from '../base/truncateText';
import type { ModelRequest, ModelTool } from '../ports/model';
import type { Tool } from './tool';
import type { TurnEnvironment } from './turnEnvironment';

/** What of a turn is the same in all its requests. */
type ModelInputParts = Pick<TurnEnvironment, 'profile' | 'tools'>;

/** The request of the next step: the profile's instructions and tools, and the history as it stands. */
export function buildModelInput(turn: TurnEnvironment): ModelRequest {
  const { profile, context } = turn;
  const effort = profile.efforts.includes(context.effort) ? context.effort : profile.efforts[0];
  return {
    model: context.model,
    instructions: profile.instructions,
    input: turn.history,
    tools: describeTools(turn),
    parallelToolCalls: profile.parallelToolCalls,
    ...(effort === undefined ? {} : { effort }),
    ...(turn.outputSchema === undefined ? {} : { outputSchema: turn.outputSchema }),
    ...(context.serviceTier === undefined ? {} : { serviceTier: context.serviceTier }),
    ...(context.wireApi === undefined ? {} : { wireApi: context.wireApi }),
    promptCacheKey: turn.threadId,
  };
}

/** Tokens that every request carries besides the history, estimated: instructions and tools. */
export function fixedTokens(turn: ModelInputParts): number {
  return countTokens(turn.profile.instructions) + countTokens(JSON.stringify(describeTools(turn)));
}

function describeTools({ profile, tools }: ModelInputParts): readonly ModelTool[] {
  return tools.map((tool) => describeTool(tool, profile.patchFormat === 'freeform'));
}

function describeTool(tool: Tool, freeform: boolean): ModelTool {
  if (freeform && tool.freeform) {
    const { description, grammar } = tool.freeform;
    return { kind: 'freeform', name: tool.name, description, grammar };
  }
  return {
    kind: 'function',
    name: tool.name,
    description: tool.description,
    parameters: tool.parameters,
  };
}
