import { patch, plan, run, succeeded, whyNot, type Job } from '../job';

const steps = ['Read the cart', 'Count quantities', 'Check it'];
const check = `node -e "const { line, totalCents } = require('./src/cart'); console.log(totalCents([line('Tea', 450, 3)]))"`;

/** The TODO the sample workspace really has. */
export function* finishTodo(): Job {
  const [, code] = yield {
    preamble: "I'll read the cart and see what the TODO leaves open.",
    calls: [plan(steps, 0), run('cat src/cart.js')],
  };
  if (code?.exitCode === undefined) return `I could not read \`src/cart.js\`: ${whyNot(code)}.`;
  if (!code.text.includes('TODO')) return 'There is no TODO left in `src/cart.js`.';
  const [, change] = yield {
    preamble: 'Lines already carry a quantity; the total just does not multiply by it.',
    calls: [
      plan(steps, 1),
      patch(
        '*** Update File: src/cart.js',
        '@@ exports.totalCents = (lines) => {',
        '-  // TODO: count the quantity of each line, not only its price.',
        '-  return lines.reduce((sum, { priceCents }) => sum + priceCents, 0);',
        '+  return lines.reduce((sum, { priceCents, quantity }) => sum + priceCents * quantity, 0);',
      ),
    ],
  };
  if (!succeeded(change)) return `I could not change \`src/cart.js\`: ${whyNot(change)}.`;
  const [, checked] = yield { calls: [plan(steps, 2), run(check)] };
  const right = succeeded(checked) && /^1350$/m.test(checked?.text ?? '');
  if (right) yield { calls: [plan(steps, steps.length)] };
  const done = 'The total counts the quantity of each line now (`src/cart.js:8`).';
  return right
    ? `${done}\n\nThree teas at 450 cents came to 1350 when I ran it.`
    : `${done}\n\nNot verified: I wanted to add up three teas, and ${whyNot(checked)}.`;
}
