/** One output item a scripted model makes, before ids are stamped on it. */
export type ScriptedOutput =
  | { readonly kind: 'message'; readonly text: string; readonly phase: MessagePhase | undefined }
  | { readonly kind: 'reasoning'; readonly parts: readonly string[] }
  | {
      readonly kind: 'functionCall';
      readonly name: string;
      /** JSON text; not always valid, a model may answer nonsense. */
      readonly args: string;
      readonly callId: string | undefined;
    }
  | {
      readonly kind: 'customCall';
      readonly name: string;
      readonly input: string;
      readonly callId: string | undefined;
    }
  /** An item of any other kind, sent as it is. */
  | { readonly kind: 'other'; readonly item: Readonly<Record<string, unknown>> };

export type MessagePhase = 'commentary' | 'final_answer';

/** An assistant message, streamed in several deltas. */
export function message(text: string, options: { phase?: MessagePhase } = {}): ScriptedOutput {
  return { kind: 'message', text, phase: options.phase };
}

/** A reasoning item with a summary of one or more paragraphs; its encrypted content is made up. */
export function reasoning(...parts: string[]): ScriptedOutput {
  return { kind: 'reasoning', parts };
}

/** A function call. `args` given as text are sent as they are. Without `callId`: `call_<request>_<output>`. */
export function functionCall(name: string, args: unknown, callId?: string): ScriptedOutput {
  const text = typeof args === 'string' ? args : JSON.stringify(args);
  return { kind: 'functionCall', name, args: text, callId };
}

/** A call of a freeform tool. */
export function customCall(name: string, input: string, callId?: string): ScriptedOutput {
  return { kind: 'customCall', name, input, callId };
}

/** An item the client has never heard of. */
export function otherItem(item: Readonly<Record<string, unknown>>): ScriptedOutput {
  return { kind: 'other', item };
}
