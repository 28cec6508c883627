import { patch, plan, run, succeeded, whyNot, type Job } from '../job';

const steps = ['See the test fail', 'Fix slug', 'Correct the note', 'Run the tests again'];
const test = 'node test.js';

/** The bug the sample workspace really has. */
export function* fixSlug(): Job {
  const [, code] = yield {
    preamble: "I'll read `slug` and its test first, then run the test to see it fail.",
    calls: [plan(steps, 0), run('cat src/slug.js'), run('cat test.js')],
  };
  if (code?.exitCode === undefined) return `I could not read \`src/slug.js\`: ${whyNot(code)}.`;
  const [before] = yield { calls: [run(test)] };
  if (succeeded(before)) {
    return `The tests pass as they are (\`${test}\`), so I changed nothing.`;
  }
  const seen = before?.exitCode !== undefined;
  const [, change] = yield {
    preamble: seen
      ? 'The test fails because `replace` with a string only touches the first match. Making the smallest change.'
      : 'I could not run the test, but the code shows the cause: `replace` with a string only touches the first match. Making the smallest change.',
    calls: [
      plan(steps, 1),
      patch(
        '*** Update File: src/slug.js',
        '@@',
        "-exports.slug = (title) => title.trim().toLowerCase().replace(' ', '-');",
        "+exports.slug = (title) => title.trim().toLowerCase().replaceAll(' ', '-');",
      ),
    ],
  };
  if (!succeeded(change)) {
    return `I could not change \`src/slug.js\`: ${whyNot(change)}. The bug is still there.`;
  }
  const [, note] = yield {
    preamble: '`notes.md` still warns of the bug, so I correct it, then run the tests again.',
    calls: [
      plan(steps, 2),
      run(
        "sed -i 's/replaces the first space only, so three words make a broken link/replaces every space/' notes.md",
      ),
    ],
  };
  const [, after] = yield { calls: [plan(steps, 3), run(test)] };
  if (succeeded(after)) yield { calls: [plan(steps, steps.length)] };
  const fixed = '**slug** now replaces every space (`src/slug.js:1`)';
  const noted = succeeded(note)
    ? 'and the note about it in `notes.md:3` says so.'
    : `but \`notes.md:3\` still says otherwise: the command was to correct it, and ${whyNot(note)}.`;
  const proof = succeeded(after)
    ? `\`${test}\` ${seen ? 'failed before and passes now' : 'passes now'}.`
    : `Not verified: \`${test}\` was to show it, and ${whyNot(after)}.`;
  return `${fixed}, ${noted}\n\n${proof}`;
}
