import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { loadConfig } from '#config/load-config';
import { describeApi } from './documentation';
import { createApplication } from './run';

/** Nothing is opened to describe the API, so any valid environment will do. */
const ENVIRONMENT = { ROLE: 'both', ENCRYPTION_KEYS: `k1:${Buffer.alloc(32).toString('base64')}` };

/** `--write FILE` writes the description of the API, `--check FILE` tells whether the file is in step with the code. */
async function main([mode, file]: readonly string[]): Promise<number> {
  const loaded = loadConfig(ENVIRONMENT);
  if (!loaded.ok || file === undefined || (mode !== '--write' && mode !== '--check')) {
    process.stderr.write('usage: openapi.main.js --write FILE | --check FILE\n');
    return 2;
  }
  const app = await createApplication(loaded.config, () => undefined);
  const document: unknown = JSON.parse(JSON.stringify(describeApi(app)));
  if (mode === '--write') {
    writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`);
    return 0;
  }
  if (isDeepStrictEqual(document, JSON.parse(readFileSync(file, 'utf8')))) return 0;
  process.stderr.write(`${file} is not in step with the code: run npm run openapi and commit the result\n`);
  return 1;
}

void main(process.argv.slice(2)).then((code) => process.exit(code));
