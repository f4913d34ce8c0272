import { readFileSync } from 'node:fs';

/** What Jest counted. A file that could not even be run is a failure, though Jest counts no test in it. */
export function tally(file) {
  const result = JSON.parse(readFileSync(file, 'utf8'));
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}
