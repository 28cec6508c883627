import { existsSync } from 'node:fs';
import type { Mount } from './mounts';

/**
 * Switches of the kernel in a fresh `/proc`. The kernel lets whoever has root's number turn them, without any
 * capability, and some of them start programs outside.
 */
const kernelSwitches = [
  ...['/proc/sys', '/proc/sysrq-trigger', '/proc/irq', '/proc/bus', '/proc/fs'],
  ...['/proc/acpi', '/proc/scsi', '/proc/mtrr', '/proc/asound', '/proc/driver', '/proc/tty'],
];

let switches: readonly Mount[] | undefined;

/** The machine as every confined command sees it: its files read-only, devices and processes of its own. */
export function machineMounts(): readonly Mount[] {
  switches ??= isRoot() ? kernelSwitches.filter((path) => existsSync(path)).map(readOnly) : [];
  return [
    { kind: 'read', path: '/' },
    { kind: 'devices', path: '/dev' },
    { kind: 'processes', path: '/proc' },
    ...switches,
  ];
}

/** True where commands run with the number of the administrator, whose rights do not all hang on capabilities. */
export function isRoot(): boolean {
  return process.geteuid?.() === 0;
}

function readOnly(path: string): Mount {
  return { kind: 'read', path };
}
