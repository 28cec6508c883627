/** What a client sends; only what tests look at has a type. */
export interface ScriptedBody {
  readonly model: string;
  readonly instructions: string;
  readonly input: readonly InputItem[];
  readonly tools: readonly ToolDeclaration[];
  readonly [name: string]: unknown;
}

export interface InputItem {
  readonly type?: string;
  readonly role?: string;
  readonly call_id?: string;
  readonly output?: unknown;
  readonly [name: string]: unknown;
}

export interface ToolDeclaration {
  readonly type: string;
  readonly name?: string;
  readonly [name: string]: unknown;
}

const outputTypes: Readonly<Record<string, string>> = {
  function_call: 'function_call_output',
  custom_tool_call: 'custom_tool_call_output',
};

/** The first rule of the Responses API (and of this client) that a request breaks, in the server's words. */
export function findViolation(body: unknown): string | undefined {
  if (!isRecord(body)) return 'We could not parse the JSON body of your request.';
  if (typeof body.model !== 'string' || body.model === '') return 'Missing parameter: model.';
  if (!Array.isArray(body.input)) return 'Missing parameter: input.';
  if (body.stream !== true) return 'This server only streams: stream must be true.';
  if (body.store !== false) return 'store must be false.';
  if (body.previous_response_id != null) return 'previous_response_id needs store: true.';
  return toolViolation(body.tools) ?? callViolation(body.input as InputItem[]);
}

function toolViolation(tools: unknown): string | undefined {
  if (tools === undefined) return undefined;
  if (!Array.isArray(tools)) return 'tools must be an array.';
  const names = new Set<string>();
  for (const tool of tools as ToolDeclaration[]) {
    if (tool.type !== 'function' && tool.type !== 'custom') continue;
    if (!tool.name || !/^[a-zA-Z0-9_-]{1,64}$/.test(tool.name)) return 'Invalid tool name.';
    if (names.has(tool.name)) return `Duplicate tool ${tool.name}.`;
    names.add(tool.name);
    if (tool.type === 'function' && !isRecord(tool.parameters)) {
      return `Tool ${tool.name} has no parameters.`;
    }
  }
  return undefined;
}

/** Every call has exactly one output of its kind, after it; every output has its call. */
function callViolation(input: readonly InputItem[]): string | undefined {
  const waiting = new Map<string, string>();
  const answered = new Set<string>();
  for (const item of input) {
    const id = item.call_id ?? '';
    const wanted = outputTypes[item.type ?? ''];
    if (wanted !== undefined) {
      if (waiting.has(id) || answered.has(id)) return `Duplicate call_id ${id}.`;
      waiting.set(id, wanted);
    } else if (Object.values(outputTypes).includes(item.type ?? '')) {
      if (answered.has(id)) return `Duplicate output for call_id ${id}.`;
      if (waiting.get(id) !== item.type) {
        return `No tool call found for function call output with call_id ${id}.`;
      }
      waiting.delete(id);
      answered.add(id);
    } else if (item.type === 'reasoning' && typeof item.encrypted_content !== 'string') {
      return `Item '${String(item.id)}' not found. Items are not persisted when store is set to false.`;
    }
  }
  const [open] = waiting.keys();
  return open === undefined ? undefined : `No tool output found for function call ${open}.`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
