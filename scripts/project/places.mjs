import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Everything that the commands fetch or keep lies here or in node_modules, nowhere else on the machine. */
export const CACHE = join(ROOT, '.cache');
