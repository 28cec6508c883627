// What the tests need of the system: a browser, git and bubblewrap. Root on Debian or Ubuntu gets them, others are told how.
import { existsSync } from 'node:fs';
import { findChromium } from '../test/support/host/chromium.ts';
import { run } from './run.mjs';

const needed = [
  { name: 'chromium', isThere: () => findChromium() !== undefined },
  {
    name: 'git',
    isThere: async () => (await run('git', ['--version'], { quiet: true })).code === 0,
  },
  {
    name: 'bubblewrap',
    isThere: () => process.platform !== 'linux' || existsSync('/usr/bin/bwrap'),
  },
];

/**
 * Installs what is missing.
 * @returns {Promise<boolean>} false, with the command to run printed, where that is up to a person.
 */
export async function ensureSystemPackages() {
  const missing = await findMissing();
  if (missing.length === 0) return true;
  const command = `apt-get update && apt-get install -y -o Acquire::Retries=5 --no-install-recommends ${missing.join(' ')}`;
  const mayInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version');
  if (mayInstall) {
    console.log(`Installing system packages: ${missing.join(', ')}.`);
    const { code, output } = await run('sh', ['-c', command], {
      quiet: true,
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (code === 0 && (await findMissing()).length === 0) return true;
    console.error(output.trim());
  }
  console.error(`\nMissing on this machine: ${missing.join(', ')}. On Debian or Ubuntu:`);
  console.error(`  sudo sh -c '${command}'`);
  console.error('Elsewhere set CHROMIUM_EXECUTABLE to a Chromium or Chrome.');
  return false;
}

async function findMissing() {
  const there = await Promise.all(needed.map(({ isThere }) => isThere()));
  return needed.filter((_, index) => !there[index]).map(({ name }) => name);
}
