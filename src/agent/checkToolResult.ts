import { truncateMiddle } from '../base/truncateText';
import type { ToolResult } from './tool';

/** Tokens of one result at most. Tools cut their own output to less; this holds whatever a tool does. */
const maxResultTokens = 16_000;
/** Characters of JSON an item may have; a larger one would weigh on the journal and every view. */
const maxItemCharacters = 8 * 1024 * 1024;

/**
 * What a tool answered, once it is sure that it can be stored and sent: text within bounds, an item that is JSON.
 * @throws Error with words for the model where it is nothing of the kind.
 */
export function checkToolResult(value: unknown): ToolResult {
  if (!isResult(value)) throw new Error('it ended without a result');
  const { modelText, item } = value;
  if (item !== undefined && jsonLength(item) > maxItemCharacters) {
    const { item: _, ...rest } = value;
    return { ...rest, modelText: truncateMiddle(modelText, maxResultTokens) };
  }
  return { ...value, modelText: truncateMiddle(modelText, maxResultTokens) };
}

function isResult(value: unknown): value is ToolResult {
  return (
    typeof value === 'object' &&
    value !== null &&
    'modelText' in value &&
    typeof value.modelText === 'string' &&
    'ok' in value &&
    typeof value.ok === 'boolean'
  );
}

function jsonLength(value: unknown): number {
  try {
    return JSON.stringify(value).length;
  } catch (error) {
    throw new Error('its result cannot be stored', { cause: error });
  }
}
