import * as l10n from '@vscode/l10n';
import { existsSync } from 'node:fs';
import { readOrEmpty } from '../disk/processOwner';

export const untried = (): string => l10n.t('it was not tried out yet');

export const notInstalled = (): string =>
  l10n.t(
    'bubblewrap is not installed. Install it with your package manager, for example: {0}',
    'sudo apt install bubblewrap',
  );

/** Why bubblewrap could not start, and what to do about it, for people; `complaint` is what it printed. */
export function explainFailure(complaint: string): string {
  if (/unknown option/i.test(complaint)) {
    return l10n.t(
      'bubblewrap is too old ({0}); version 0.4 or later is needed. Update the package bubblewrap.',
      complaint,
    );
  }
  if (/did not hold/.test(complaint)) return l10n.t('a test of the sandbox failed: {0}', complaint);
  if (/namespace|uid map|gid map|RTM_NEWADDR|clone|unshare/i.test(complaint)) {
    return l10n.t(
      'this system does not let programs make namespaces ({0}). {1}',
      firstLine(complaint),
      namespaceAdvice(),
    );
  }
  if (/mount proc|\/proc/i.test(complaint)) {
    return l10n.t(
      'this container does not let programs mount /proc ({0}). Run it with {1}, or work outside of it.',
      firstLine(complaint),
      '--security-opt systempaths=unconfined',
    );
  }
  return l10n.t('bubblewrap could not start: {0}', firstLine(complaint));
}

/** The switches that distributions use, as they stand here. */
function namespaceAdvice(): string {
  const setting = (name: string) => readOrEmpty(`/proc/sys/${name}`).trim();
  if (/microsoft/i.test(readOrEmpty('/proc/version')) && !existsSync('/run/WSL')) {
    return l10n.t('WSL 1 has none; move to WSL 2 ({0}).', 'wsl --set-version');
  }
  if (setting('kernel/apparmor_restrict_unprivileged_userns') === '1') {
    return l10n.t(
      'AppArmor restricts them here: install the packages apparmor and bubblewrap of the distribution, whose profile allows bubblewrap ({0}).',
      '/etc/apparmor.d/bwrap-userns-restrict',
    );
  }
  if (setting('kernel/unprivileged_userns_clone') === '0') {
    return l10n.t('Allow them: {0}', 'sudo sysctl kernel.unprivileged_userns_clone=1');
  }
  if (setting('user/max_user_namespaces') === '0') {
    return l10n.t('Allow them: {0}', 'sudo sysctl user.max_user_namespaces=15000');
  }
  if (existsSync('/.dockerenv') || existsSync('/run/.containerenv')) {
    return l10n.t(
      'Containers forbid them unless started with a seccomp profile that allows user namespaces.',
    );
  }
  return l10n.t('Ask whoever looks after this machine to allow unprivileged user namespaces.');
}

function firstLine(text: string): string {
  return text.split('\n')[0]?.slice(0, 200) ?? '';
}
