import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from '../project/places.mjs';
import { fetchInto } from './fetch-into.mjs';
import { cachedBinary } from './local-steps.mjs';
import { inWorkFolder } from './work-folder.mjs';

const DOWNLOADER = fileURLToPath(new URL('./official-mongod.download.mjs', import.meta.url));
const STALL_MS = 15_000;

/** One try, with checks that are off by default: the server's certificate and the archive's checksum. */
const settings = (folder) => ({
  npm_config_strict_ssl: 'true',
  MONGOMS_DOWNLOAD_DIR: folder,
  MONGOMS_MAX_RETRIES: '1',
  MONGOMS_MD5_CHECK: 'true',
});

/** The official download, by mongodb-memory-server-core. @returns {import('./find-binary.mjs').Step} */
export const fromOfficialDownload = ({ env, cache }) => ({
  from: 'official MongoDB download',
  look: async () => {
    if (!existsSync(join(ROOT, 'node_modules', 'mongodb-memory-server-core'))) {
      throw new Error('skipped: needs mongodb-memory-server-core, which "npm ci" installs');
    }
    return inWorkFolder(join(cache, 'tmp'), async (folder) => {
      const { stdout } = await fetchInto(folder, [process.execPath, DOWNLOADER], {
        what: 'mongod: downloading from MongoDB',
        stallMs: STALL_MS,
        env: { ...env, ...settings(folder) },
      });
      const got = stdout.trim().split('\n').at(-1);
      if (!got.startsWith(folder)) return got; // a copy that the library had elsewhere
      const target = cachedBinary('mongod', cache);
      await mkdir(dirname(target), { recursive: true });
      await rename(got, target);
      return target;
    });
  },
});
