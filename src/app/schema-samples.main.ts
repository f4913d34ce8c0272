import { canonicalVersions } from '#domain/partners/canonical-event';
import { sampleFaults } from '#domain/partners/canonical/sample-faults';

/** `--check DIRECTORY` tells whether the schemas of the canonical event still take, and refuse, what its samples say. */
function main([mode, directory]: readonly string[]): number {
  if (directory === undefined || mode !== '--check') {
    process.stderr.write('usage: schema-samples.main.js --check DIRECTORY\n');
    return 2;
  }
  const faults = sampleFaults(canonicalVersions(), directory);
  if (faults.length === 0) return 0;
  process.stderr.write(
    [
      'A version that was given out must not change for those who send it: make a new one, with an upcaster to it.',
      ...faults,
      '',
    ].join('\n'),
  );
  return 1;
}

process.exitCode = main(process.argv.slice(2));
