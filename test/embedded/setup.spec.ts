import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runModule, temporaryFolder } from './run-node';

interface Installed {
  readonly locked: object;
  readonly present?: object;
}

/** What the scripts say about a project with this lock file and these packages in node_modules. */
async function whyInstall({ locked, present }: Installed): Promise<unknown> {
  const root = temporaryFolder();
  const packages = (content: object) => JSON.stringify({ packages: { '': { name: 'x' }, ...content } });
  writeFileSync(join(root, 'package-lock.json'), packages(locked));
  mkdirSync(join(root, 'node_modules'));
  if (present) writeFileSync(join(root, 'node_modules', '.package-lock.json'), packages(present));
  const { stdout } = await runModule(`import { whyInstall } from './scripts/project/dependencies.mjs';
    console.log(JSON.stringify(whyInstall(${JSON.stringify(root)}) ?? null));`);
  return JSON.parse(stdout);
}

const a = { 'node_modules/a': { version: '1.0.0' } };

describe('installing dependencies', () => {
  it('is needed when there are none', async () => {
    expect(await whyInstall({ locked: a })).toBe('there is no node_modules');
  });

  it('is needed when one is missing or of another version than the lock file says', async () => {
    const older = { 'node_modules/a': { version: '0.9.0' } };

    expect(await whyInstall({ locked: a, present: {} })).toBe(
      'node_modules/a should be 1.0.0, but is missing',
    );
    expect(await whyInstall({ locked: a, present: older })).toBe(
      'node_modules/a should be 1.0.0, but is 0.9.0',
    );
  });

  it('is not needed when all are there, but for those of other platforms', async () => {
    const other = { 'node_modules/b-darwin': { version: '1.0.0', optional: true } };

    expect(await whyInstall({ locked: { ...a, ...other }, present: a })).toBeNull();
  });
});

describe('the version of Node.js', () => {
  it.each([
    ['20.19.0', '>=20.19.0', true],
    ['20.20.2', '20.19', true],
    ['22.0.0', '20.19.0', true],
    ['20.9.9', '20.19.0', false],
    ['18.20.0', '20.19.0', false],
  ])('%s against %s gives %s', async (version, minimum, expected) => {
    const { stdout } = await runModule(`import { atLeast } from './scripts/project/node-version.mjs';
      console.log(atLeast('${version}', '${minimum}'));`);

    expect(stdout.trim()).toBe(String(expected));
  });
});

describe('the count of the tests', () => {
  it('takes a file that could not be run for a failure', async () => {
    const file = join(temporaryFolder(), 'result.json');
    const counts = { numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };
    writeFileSync(file, JSON.stringify({ ...counts, numRuntimeErrorTestSuites: 1 }));
    const { stdout } = await runModule(`import { tally } from './scripts/testing/tally.mjs';
      console.log(JSON.stringify(tally(${JSON.stringify(file)})));`);

    expect(JSON.parse(stdout)).toEqual({ passed: 7, failed: 2, skipped: 3 });
  });
});
