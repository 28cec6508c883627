import { countTokens } from '../../base/truncateText';
import type { ModelRequest } from '../../ports/model';
import type { ModelItem } from '../../protocol/modelItem';
import { noUsage, type Usage } from '../../protocol/usage';
import { ChatToolCalls } from './chatToolCalls';
import { readFailure, type Reading } from './modelEvents';
import type { AnswerReader } from './modelStream';
import type { WireItem } from './replayableItem';
import { ThinkTags } from './thinkTags';

/** Places in the answer; calls are only known when it is whole. */
const reasoningIndex = 0;
const messageIndex = 1;
const firstCallIndex = 2;

/** Reads the chunks of one chat answer, or the one document of a server that does not stream. */
export class ChatReader implements AnswerReader {
  private readonly calls = new ChatToolCalls();
  private readonly tags = new ThinkTags();
  private responseId: string | undefined;
  private message = '';
  private reasoning = '';
  private finishReason = '';
  private usage: WireItem | undefined;

  constructor(private readonly request: ModelRequest) {}

  read(chunk: WireItem): readonly Reading[] {
    if (chunk.error != null) return [{ type: 'failure', failure: readFailure(chunk.error) }];
    if (isRecord(chunk.usage)) this.usage = chunk.usage;
    const readings: Reading[] = [];
    if (this.responseId === undefined) {
      this.responseId = text(chunk.id);
      readings.push({ type: 'created', responseId: this.responseId });
    }
    const choice = Array.isArray(chunk.choices) ? record(chunk.choices[0]) : {};
    const delta = record(choice.delta ?? choice.message);
    readings.push(...this.readContent(delta));
    if (Array.isArray(delta.tool_calls)) {
      for (const piece of delta.tool_calls) this.calls.add(record(piece));
    }
    this.finishReason = text(choice.finish_reason) || this.finishReason;
    return readings;
  }

  end(): readonly Reading[] {
    switch (this.finishReason) {
      case '':
        return [];
      case 'length':
        return [{ type: 'incomplete', reason: 'max_output_tokens' }];
      case 'content_filter':
        return [{ type: 'incomplete', reason: 'content_filter' }];
      case 'error':
        return [{ type: 'failure', failure: {} }];
      default:
        return [...this.readContent({}, true), ...this.items(), this.completed()];
    }
  }

  /** Thinking comes in a field of its own, or between tags at the beginning of the message. */
  private readContent(delta: WireItem, last = false): readonly Reading[] {
    const { reasoning, text: piece } = this.tags.split(
      text(delta.content) || text(delta.refusal),
      last,
    );
    return [
      ...this.readReasoning(text(delta.reasoning_content) || text(delta.reasoning)),
      ...this.readReasoning(reasoning),
      ...this.readMessage(piece),
    ];
  }

  private readReasoning(piece: string): readonly Reading[] {
    this.reasoning += piece;
    if (piece === '') return [];
    return [{ type: 'reasoningDelta', outputIndex: reasoningIndex, part: 0, text: piece }];
  }

  private readMessage(piece: string): readonly Reading[] {
    // White space at the beginning is what is left of thinking, or stands before calls.
    const said = this.message === '' ? piece.trimStart() : piece;
    this.message += said;
    return said === '' ? [] : [{ type: 'textDelta', outputIndex: messageIndex, text: said }];
  }

  private items(): Reading[] {
    const items: Reading[] = [];
    if (this.message !== '') {
      const content = [{ type: 'output_text', text: this.message }];
      const item = { type: 'message', role: 'assistant', content } as unknown as ModelItem;
      items.push({ type: 'itemDone', outputIndex: messageIndex, item });
    }
    this.calls.items().forEach((item, index) => {
      items.push({ type: 'itemDone', outputIndex: firstCallIndex + index, item });
    });
    return items;
  }

  private completed(): Reading {
    const usage = this.usage ? readUsage(this.usage) : this.estimatedUsage();
    return { type: 'completed', responseId: this.responseId ?? '', usage };
  }

  /** For servers that count nothing: the thread must still know when it grows too long. */
  private estimatedUsage(): Usage {
    const { instructions, input, tools } = this.request;
    return {
      ...noUsage,
      inputTokens: countTokens(instructions) + countTokens(JSON.stringify([input, tools])),
      outputTokens: countTokens(this.message) + countTokens(this.reasoning),
      reasoningOutputTokens: countTokens(this.reasoning),
    };
  }
}

function readUsage(usage: WireItem): Usage {
  return {
    inputTokens: count(usage.prompt_tokens),
    cachedInputTokens: count(record(usage.prompt_tokens_details).cached_tokens),
    outputTokens: count(usage.completion_tokens),
    reasoningOutputTokens: count(record(usage.completion_tokens_details).reasoning_tokens),
  };
}

function count(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

function isRecord(value: unknown): value is WireItem {
  return typeof value === 'object' && value !== null;
}

function record(value: unknown): WireItem {
  return isRecord(value) ? value : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
