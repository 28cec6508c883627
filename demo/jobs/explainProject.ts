import { run, whyNot, type Job } from '../job';

/** Reads, changes nothing. */
export function* explainProject(): Job {
  const results = yield {
    preamble: "I'll look at the files and at how the tests are started.",
    calls: [run('ls'), run('cat package.json'), run('cat README.md')],
  };
  const [files, manifest] = results;
  if (manifest?.exitCode !== 0) {
    return `I could not read \`package.json\` (${whyNot(manifest)}), so I would only be guessing.`;
  }
  const installs = manifest.text.includes('"dependencies"')
    ? 'Its dependencies stand in `package.json` and are installed with `npm install`.'
    : 'It has no dependencies and no build step: Node.js runs the files as they are.';
  const script = /"test": "([^"]+)"/.exec(manifest.text)?.[1];
  const tests = script
    ? `\`npm test\` runs \`${script}\`, which prints one line per test.`
    : 'It has no test script.';
  const code = files?.text.includes('src')
    ? ' The code is in `src`: `src/slug.js:1` makes URL parts, `src/cart.js:7` adds up a cart.'
    : '';
  return `${installs}${code}\n\n${tests}`;
}
