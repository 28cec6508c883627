'use strict';
// Properties are tried with the same cases in each run, so that a run that failed can be repeated and one that passed
// says the same of everybody's machine. TANDEM_TEST_SEED=$RANDOM looks for new cases.
const { configureGlobal } = require('fast-check');

configureGlobal({ seed: Number(process.env.TANDEM_TEST_SEED ?? 1) });
