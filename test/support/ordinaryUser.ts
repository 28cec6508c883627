import { chownSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A user for whom permissions count. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** `nobody` on Linux. */
const nobody: User = { uid: 65_534, gid: 65_534 };

const isRoot = () => process.getuid?.() === 0;

/** Who a process of a test runs as, so that permissions count for it; undefined where they count for this one. */
export function ordinaryUser(): User | undefined {
  return isRoot() ? nobody : undefined;
}

/** Gives a folder with all that is in it to the ordinary user; nothing happens where this process is one. */
export function giveToOrdinaryUser(folder: string): void {
  if (!isRoot()) return;
  chownSync(folder, nobody.uid, nobody.gid);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) giveToOrdinaryUser(path);
    else if (entry.isFile()) chownSync(path, nobody.uid, nobody.gid);
  }
}

/** Does something at once with the permissions of the ordinary user. */
export function asOrdinaryUser<T>(act: () => T): T {
  if (!isRoot()) return act();
  process.setegid?.(nobody.gid);
  process.seteuid?.(nobody.uid);
  try {
    return act();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}
