/** The part of a Responses API request that this model looks at. */
export interface ModelRequest {
  readonly model?: string;
  readonly input: readonly InputItem[];
  readonly tools?: readonly { readonly type: string; readonly name?: string }[];
}

interface InputItem {
  readonly type?: string;
  readonly role?: string;
  readonly content?: string | readonly { readonly type?: string; readonly text?: string }[];
  readonly call_id?: string;
  readonly output?: unknown;
}

/** What a tool call came to: the text the client answered with. */
export interface ToolResult {
  readonly text: string;
  /** The command's exit code; absent where it did not run to its end or the call was no command. */
  readonly exitCode?: number;
}

/** The task in hand: what the person last asked, and what came of the calls made since then. */
export interface Conversation {
  readonly task: string;
  readonly results: readonly ToolResult[];
}

/** Reads the whole history, which comes with each request; the model itself remembers nothing. */
export function readConversation(request: ModelRequest): Conversation {
  const { input } = request;
  const start = input.findLastIndex((item) => item.role === 'user' && !isContext(textOf(item)));
  const since = input.slice(start + 1);
  const outputs = new Map(
    since
      .filter(({ type }) => type?.endsWith('_call_output'))
      .map(({ call_id: id, output }) => [id, readResult(output)]),
  );
  const calls = since.filter(({ type }) => type === 'function_call' || type === 'custom_tool_call');
  const asked = input[start];
  return {
    task: asked ? lastTextOf(asked) : '',
    results: calls.map((call) => outputs.get(call.call_id) ?? { text: 'There is no output.' }),
  };
}

/** Clients put what they know of the workspace into user messages of their own, as tagged blocks. */
function isContext(text: string): boolean {
  return /^\s*(<|# AGENTS\.md)/.test(text);
}

function textOf({ content }: InputItem): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map(({ text }) => text ?? '').join('\n');
}

/** What is attached to a message comes before its text. */
function lastTextOf({ content }: InputItem): string {
  if (typeof content === 'string') return content;
  return content?.findLast(({ type }) => type === 'input_text')?.text ?? '';
}

function readResult(output: unknown): ToolResult {
  const text = typeof output === 'string' ? output : JSON.stringify(output ?? '');
  const code = /^(?:Process exited with code|Exit code:) (-?\d+)/m.exec(text)?.[1];
  return code === undefined ? { text } : { text, exitCode: Number(code) };
}
