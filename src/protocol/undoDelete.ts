/** How long a deleted thread can be brought back, in milliseconds. */
export const undoDeleteMs = 10_000;
