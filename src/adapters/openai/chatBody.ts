import type { OpenAI } from 'openai';
import type { ModelRequest, ModelTool } from '../../ports/model';
import { chatMessages } from './chatMessages';

type Body = OpenAI.Chat.ChatCompletionCreateParamsStreaming;

/**
 * The JSON body of a request to a Chat Completions server. Keys always come in the same order, so that equal requests
 * are equal bytes. Only what local servers know is sent, the rest where it is asked for.
 */
export function chatBody(request: ModelRequest): Body {
  const { effort, outputSchema, serviceTier, tools } = request;
  return {
    model: request.model,
    messages: chatMessages(request.instructions, request.input),
    ...(tools.length > 0 && {
      tools: tools.map(toolDeclaration),
      parallel_tool_calls: request.parallelToolCalls,
    }),
    ...(effort && { reasoning_effort: effort }),
    ...(outputSchema && {
      response_format: {
        type: 'json_schema' as const,
        json_schema: { name: 'final_answer', strict: true, schema: { ...outputSchema } },
      },
    }),
    ...(serviceTier && { service_tier: serviceTier as NonNullable<Body['service_tier']> }),
    stream: true,
    stream_options: { include_usage: true },
  };
}

/** Every tool is a function here; one that takes raw text takes it as `input`. */
function toolDeclaration(tool: ModelTool): OpenAI.Chat.ChatCompletionFunctionTool {
  const { name, description } = tool;
  const parameters =
    tool.kind === 'function'
      ? { ...tool.parameters }
      : { type: 'object', properties: { input: { type: 'string' } }, required: ['input'] };
  return { type: 'function', function: { name, description, parameters } };
}
