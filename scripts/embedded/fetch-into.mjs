import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { lastWords, run } from '../process/run.mjs';
import { withProgress } from '../terminal/progress.mjs';
import { megabytes } from '../terminal/say.mjs';

/** Files come and go while we look. */
async function bytesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(join(entry.parentPath, entry.name))
        .then((file) => file.size)
        .catch(() => 0),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/**
 * Runs a command that downloads into `folder`, shows how far it is by the bytes that lie there, and ends it when
 * nothing arrives for `stallMs`.
 *
 * @param {string} folder
 * @param {readonly [string, ...string[]]} command
 * @param {{ what: string, stallMs: number, env?: NodeJS.ProcessEnv, expectedBytes?: number }} options
 */
export async function fetchInto(folder, [command, ...args], { what, stallMs, env, expectedBytes }) {
  const abort = new AbortController();
  let bytes = 0;
  let changedAt = Date.now();
  const watch = setInterval(async () => {
    const now = await bytesIn(folder);
    if (now !== bytes) [bytes, changedAt] = [now, Date.now()];
    if (Date.now() - changedAt > stallMs) abort.abort();
  }, 250);
  const total = expectedBytes === undefined ? '' : ` of ${megabytes(expectedBytes)}`;
  const detail = () => (bytes === 0 ? '' : `${megabytes(bytes)}${total} MB`);
  try {
    // Temporary files go into the folder, too: they are part of the progress, and they go with it.
    const options = { env: { ...env, TMPDIR: folder }, signal: abort.signal };
    const done = await withProgress(what, () => run(command, args, options), { detail });
    if (abort.signal.aborted) throw new Error(`nothing arrived for ${stallMs / 1000} s`);
    if (done.code !== 0) throw new Error(lastWords(done));
    return done;
  } finally {
    clearInterval(watch);
  }
}
