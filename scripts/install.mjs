// Installs the dev dependencies where they are missing or not those of package-lock.json. Needs nothing but Node.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './repository.mjs';
import { run } from './run.mjs';

/** Makes node_modules what package-lock.json says. Quiet when there is nothing to do; ends the process when it cannot. */
export async function install() {
  if (isInstalled()) return;
  console.log('Installing the packages (npm ci), once.');
  const { code, output } = await run(
    'npm',
    ['ci', '--no-audit', '--no-fund', '--fetch-retries=5'],
    {
      quiet: true,
    },
  );
  if (code === 0) return;
  console.error(output.trim());
  console.error(
    '\nThe packages could not be installed; why is above. This needs the npm registry once.',
  );
  process.exit(1);
}

/** npm writes down what it installed as its last act, so a broken installation does not count. */
function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  const present = packagesOf(join('node_modules', '.package-lock.json'));
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || present[path]?.version === version || (optional && !present[path]),
  );
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}
