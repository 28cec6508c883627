/** Ids are opaque strings; they are unique and never reused. */
export type ThreadId = string;
export type TurnId = string;
export type ItemId = string;
export type ApprovalId = string;
/** Names some bytes by their content; equal bytes have equal ids. */
export type ContentId = string;
/** Names a state of all tracked workspace files by its content. */
export type TreeId = string;

/** A new random id (UUID version 4). */
export function newId(): string {
  return globalThis.crypto.randomUUID();
}
