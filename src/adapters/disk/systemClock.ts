import { readlinkSync } from 'node:fs';
import { delay } from '../../base/abort';
import type { Clock } from '../../ports/clock';

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  today() {
    const now = new Date();
    const twoDigits = (value: number) => String(value).padStart(2, '0');
    return `${now.getFullYear()}-${twoDigits(now.getMonth() + 1)}-${twoDigits(now.getDate())}`;
  },
  timeZone: () => linkedTimeZone() ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  wait: delay,
};

/** The zone the machine is set to, as most Unix systems name it: asking `Intl` first loads 16 ms of locale data. */
function linkedTimeZone(): string | undefined {
  if (process.env.TZ !== undefined) return undefined;
  try {
    return /\/zoneinfo\/(?:posix\/|right\/)?(\w.*)$/.exec(readlinkSync('/etc/localtime'))?.[1];
  } catch {
    return undefined;
  }
}
