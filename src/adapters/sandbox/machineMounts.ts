import type { Mount } from './mounts';

/** The machine as every confined command sees it: its files read-only, devices and processes of its own. */
export const machineMounts: readonly Mount[] = [
  { kind: 'read', path: '/' },
  { kind: 'devices', path: '/dev' },
  { kind: 'processes', path: '/proc' },
];
