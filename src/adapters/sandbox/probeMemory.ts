import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readOrEmpty } from '../disk/processOwner';

/** What a successful probe found out. */
export interface ProbeFindings {
  /** Whether `env` can make programs hear the signals again that bubblewrap ignores. */
  readonly resetsSignals: boolean;
}

/** Changes whenever the launcher does, so that a new one is tried out anew. */
const launcherVersion = 3;

/** What a probe of the same bubblewrap found since the machine was started; undefined where none did. */
export function recallProbe(file: string, identity: string): ProbeFindings | undefined {
  try {
    const { key, resetsSignals } = JSON.parse(readFileSync(file, 'utf8')) as Record<
      string,
      unknown
    >;
    if (key !== keyOf(identity) || typeof resetsSignals !== 'boolean') return undefined;
    return { resetsSignals };
  } catch {
    return undefined;
  }
}

/** Keeps what a probe found for later processes of this person. */
export function rememberProbe(file: string, identity: string, findings: ProbeFindings): void {
  forgetProbe(file);
  writeFileSync(file, JSON.stringify({ key: keyOf(identity), ...findings }), { mode: 0o600 });
}

export function forgetProbe(file: string): void {
  rmSync(file, { force: true });
}

function keyOf(identity: string): string {
  const boot = readOrEmpty('/proc/sys/kernel/random/boot_id').trim();
  return [launcherVersion, identity, boot, process.geteuid?.()].join(' ');
}
