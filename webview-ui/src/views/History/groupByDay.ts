import * as l10n from '@vscode/l10n';
import type { ListedThread } from './listedThreads';

/** Threads under one heading. */
export interface DayGroup {
  readonly heading: string;
  readonly listed: readonly ListedThread[];
}

/** Puts threads, newest first, under the days that a person thinks in. `now` is in milliseconds since 1970. */
export function groupByDay(listed: readonly ListedThread[], now: number): readonly DayGroup[] {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const yesterday = new Date(midnight).setDate(new Date(midnight).getDate() - 1);
  const groups: readonly DayGroup[] = [
    { heading: l10n.t('Today'), listed: between(listed, midnight, Infinity) },
    { heading: l10n.t('Yesterday'), listed: between(listed, yesterday, midnight) },
    { heading: l10n.t('Earlier'), listed: between(listed, -Infinity, yesterday) },
  ];
  return groups.filter((group) => group.listed.length > 0);
}

function between(listed: readonly ListedThread[], from: number, to: number) {
  return listed.filter(({ thread }) => thread.updatedAt >= from && thread.updatedAt < to);
}
