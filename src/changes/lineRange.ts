/** Lines `[baseStart, baseEnd)` became lines `[liveStart, liveEnd)`; the lines around are equal. Counts from 0. */
export interface LineRange {
  readonly baseStart: number;
  readonly baseEnd: number;
  readonly liveStart: number;
  readonly liveEnd: number;
}
