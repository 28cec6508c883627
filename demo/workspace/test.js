const assert = require('node:assert/strict');
const { slug } = require('./src/slug');
const { line, totalCents } = require('./src/cart');

const tests = {
  'slug replaces one space': () => assert.equal(slug('Green Tea'), 'green-tea'),
  'slug replaces every space': () => assert.equal(slug('Dark Green Tea'), 'dark-green-tea'),
  'a cart costs what is in it': () => assert.equal(totalCents([line('Tea', 450)]), 450),
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try {
    test();
    console.log(`\x1b[32mpassed\x1b[0m ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`\x1b[31mfailed\x1b[0m ${name}: expected ${error.expected}, got ${error.actual}`);
  }
}
console.log(`${Object.keys(tests).length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
