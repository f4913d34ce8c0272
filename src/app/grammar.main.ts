import { readFileSync, writeFileSync } from 'node:fs';
import { partnerGrammar } from './grammar/partner-grammar';

/** `--write FILE` writes the reference of the partner grammar, `--check FILE` tells whether it is in step with the schema. */
function main([mode, file]: readonly string[]): number {
  if (file === undefined || (mode !== '--write' && mode !== '--check')) {
    process.stderr.write('usage: grammar.main.js --write FILE | --check FILE\n');
    return 2;
  }
  const reference = partnerGrammar();
  if (mode === '--write') {
    writeFileSync(file, reference);
    return 0;
  }
  if (readFileSync(file, 'utf8') === reference) return 0;
  process.stderr.write(`${file} is not in step with the schema: run npm run grammar and commit the result\n`);
  return 1;
}

process.exitCode = main(process.argv.slice(2));
