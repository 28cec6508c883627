'use strict';
// Prints failures as they happen and writes `{ passed, failed, skipped, retried, report }` to
// $TANDEM_TEST_COUNTS, so that `npm test` can add up what ran on Node and what ran inside VS Code. A test that
// is tried again is never quiet about it: `retried` holds its name and why. TANDEM_TEST_VERBOSE=1 prints passes.
// $TANDEM_TEST_COUNTS.log tells as it goes what began and what ended, for runs that never do.
const { appendFileSync, writeFileSync } = require('node:fs');
const { format } = require('node:util');
const { Runner, reporters } = require('mocha');

const {
  EVENT_RUN_END,
  EVENT_TEST_BEGIN,
  EVENT_TEST_END,
  EVENT_TEST_FAIL,
  EVENT_TEST_PASS,
  EVENT_TEST_RETRY,
} = Runner.constants;

class MochaReporter extends reporters.Base {
  constructor(runner, options) {
    super(runner, options);
    const lines = [];
    const retried = [];
    const print = (...words) => {
      const line = format(...words);
      lines.push(line);
      console.log(line);
    };
    reporters.Base.consoleLog = print;
    const file = process.env.TANDEM_TEST_COUNTS;
    const note = (line) => file && appendFileSync(`${file}.log`, `${line}\n`);
    runner.on(EVENT_TEST_BEGIN, (test) => note(`  began   ${test.fullTitle()}`));
    runner.on(EVENT_TEST_END, (test) =>
      note(`  ended   ${test.fullTitle()} (${test.duration} ms)`),
    );
    const verbose = process.env.TANDEM_TEST_VERBOSE === '1';
    runner.on(EVENT_TEST_PASS, (test) => {
      if (verbose) print(`  passed  ${test.fullTitle()} (${test.duration} ms)`);
    });
    runner.on(EVENT_TEST_FAIL, (test) => print(`  FAILED  ${test.fullTitle()}`));
    runner.on(EVENT_TEST_RETRY, (test, error) => {
      retried.push({ test: test.fullTitle(), error: error.message });
    });
    runner.once(EVENT_RUN_END, () => {
      if (this.failures.length > 0) reporters.Base.list(this.failures);
      const { passes: passed, failures: failed, pending: skipped } = this.stats;
      if (file) {
        const report = lines.join('\n');
        writeFileSync(file, JSON.stringify({ passed, failed, skipped, retried, report }));
      }
    });
  }
}

module.exports = MochaReporter;
