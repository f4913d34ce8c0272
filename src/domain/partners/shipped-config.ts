import { join } from 'node:path';

/** `config/` lies beside `src/` and `dist/`, so the way there is the same from both. */
const ROOT = join(__dirname, '..', '..', '..', 'config');

export const shippedConfig = (...path: readonly string[]): string => join(ROOT, ...path);
