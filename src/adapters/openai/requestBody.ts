import type { OpenAI } from 'openai';
import type { ModelRequest, ModelTool } from '../../ports/model';
import { inputBytes } from './inputBytes';

type Body = OpenAI.Responses.ResponseCreateParamsStreaming;
type ServiceTier = NonNullable<Body['service_tier']>;

/**
 * The JSON body of a request. Keys always come in the same order, so that equal requests are equal bytes and the
 * server finds the prefix it has in its cache.
 */
export function requestBody(request: ModelRequest): Body {
  const text = textOptions(request);
  return {
    model: request.model,
    instructions: request.instructions,
    input: request.input as Body['input'] & object,
    tools: request.tools.map(toolDeclaration),
    tool_choice: 'auto',
    parallel_tool_calls: request.parallelToolCalls,
    ...(request.effort && { reasoning: { effort: request.effort, summary: 'auto' as const } }),
    store: false,
    stream: true,
    include: ['reasoning.encrypted_content'],
    prompt_cache_key: request.promptCacheKey,
    ...(request.serviceTier && { service_tier: request.serviceTier as ServiceTier }),
    ...(text && { text }),
  };
}

/** The body as it is sent: the JSON of `requestBody` in UTF-8, made at the cost of what is new. */
export function requestBytes(request: ModelRequest): Uint8Array {
  const { model, instructions, input: _input, ...rest } = requestBody({ ...request, input: [] });
  const head = JSON.stringify({ model, instructions }).slice(0, -1);
  return Buffer.concat([
    Buffer.from(`${head},"input":[`),
    inputBytes(request.input),
    Buffer.from(`],${JSON.stringify(rest).slice(1)}`),
  ]);
}

function toolDeclaration(tool: ModelTool): OpenAI.Responses.Tool {
  const { name, description } = tool;
  switch (tool.kind) {
    case 'function':
      return { type: 'function', name, description, strict: false, parameters: tool.parameters };
    case 'freeform': {
      const { syntax, definition } = tool.grammar;
      return { type: 'custom', name, description, format: { type: 'grammar', syntax, definition } };
    }
  }
}

function textOptions(request: ModelRequest): Body['text'] {
  const { verbosity, outputSchema } = request;
  if (!verbosity && !outputSchema) return undefined;
  return {
    ...(verbosity && { verbosity }),
    ...(outputSchema && {
      format: {
        type: 'json_schema' as const,
        name: 'final_answer',
        strict: true,
        schema: outputSchema,
      },
    }),
  };
}
