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
  timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
  wait: delay,
};
