// npm run audit: asks the registry what is known of the packages in package-lock.json. Fails on what is high or critical;
// where the registry cannot be reached it says so, and fails only on a build server.
import { run } from './run.mjs';

const { output } = await run('npm', ['audit', '--json', '--package-lock-only'], { quiet: true });
const report = readReport(output);
if (report === undefined) {
  console.error('NOT CHECKED: the registry could not be asked what is known of the packages.');
  process.exitCode = process.env.CI ? 1 : 0;
} else {
  const bad = Object.values(report).filter(({ severity }) => /^(high|critical)$/.test(severity));
  for (const { name, severity, range } of bad) console.error(`${name} ${range}: ${severity}`);
  console.log(`${Object.keys(report).length} known, ${bad.length} of them high or critical.`);
  process.exitCode = bad.length > 0 ? 1 : 0;
}

/** What is known, by package; undefined where npm could not find out. */
function readReport(text) {
  try {
    return JSON.parse(text.slice(text.indexOf('{'))).vulnerabilities;
  } catch {
    return undefined;
  }
}
