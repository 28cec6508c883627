import { existsSync } from 'node:fs';
import { readOrEmpty } from '../disk/processOwner';

export const notInstalled =
  'bubblewrap is not installed. Install it with your package manager, for example: sudo apt install bubblewrap';

/** Why bubblewrap could not start, and what to do about it, for people; `complaint` is what it printed. */
export function explainFailure(complaint: string): string {
  if (/unknown option/i.test(complaint)) {
    return `bubblewrap is too old (${complaint}); version 0.4 or later is needed. Update the package bubblewrap.`;
  }
  if (/did not hold/.test(complaint)) return `a test of the sandbox failed: ${complaint}`;
  if (/namespace|uid map|gid map|RTM_NEWADDR|clone|unshare/i.test(complaint)) {
    return `this system does not let programs make namespaces (${firstLine(complaint)}). ${namespaceAdvice()}`;
  }
  if (/mount proc|\/proc/i.test(complaint)) {
    return `this container does not let programs mount /proc (${firstLine(complaint)}). Run it with --security-opt systempaths=unconfined, or work outside of it.`;
  }
  return `bubblewrap could not start: ${firstLine(complaint)}`;
}

/** The switches that distributions use, as they stand here. */
function namespaceAdvice(): string {
  const setting = (name: string) => readOrEmpty(`/proc/sys/${name}`).trim();
  if (/microsoft/i.test(readOrEmpty('/proc/version')) && !existsSync('/run/WSL')) {
    return 'WSL 1 has none; move to WSL 2 (wsl --set-version).';
  }
  if (setting('kernel/apparmor_restrict_unprivileged_userns') === '1') {
    return 'AppArmor restricts them here: install the packages apparmor and bubblewrap of the distribution, whose profile allows bubblewrap (/etc/apparmor.d/bwrap-userns-restrict).';
  }
  if (setting('kernel/unprivileged_userns_clone') === '0') {
    return 'Allow them: sudo sysctl kernel.unprivileged_userns_clone=1';
  }
  if (setting('user/max_user_namespaces') === '0') {
    return 'Allow them: sudo sysctl user.max_user_namespaces=15000';
  }
  if (existsSync('/.dockerenv') || existsSync('/run/.containerenv')) {
    return 'Containers forbid them unless started with a seccomp profile that allows user namespaces.';
  }
  return 'Ask whoever looks after this machine to allow unprivileged user namespaces.';
}

function firstLine(text: string): string {
  return text.split('\n')[0]?.slice(0, 200) ?? '';
}
