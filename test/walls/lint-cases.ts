export interface LintCase {
  readonly promise: string;
  readonly rule: string;
  readonly file: string;
  readonly code: string;
}

const PLAIN = 'export const thing = 1;\n';
const READS_ENV = 'export const port = process.env;\n';

/** Each of these files must be reported for its rule and for no other. */
export const LINT_BROKEN: readonly LintCase[] = [
  {
    promise: 'an import climbs two folders',
    rule: 'no-restricted-imports',
    file: 'src/domain/events/deep/climbs.ts',
    code: "export { thing } from '../../plain';\n",
  },
  {
    promise: 'forwardRef glues a cycle',
    rule: 'no-restricted-imports',
    file: 'src/app/glue.ts',
    code: "import { forwardRef } from '@nestjs/common';\nexport const glued = forwardRef;\n",
  },
  ...['process', 'node:process'].map((name) => ({
    promise: `env is imported from ${name}`,
    rule: 'no-restricted-imports',
    file: `src/app/environment-${name.replace(':', '-')}.ts`,
    code: `import { env } from '${name}';\nexport const all = env;\n`,
  })),
  {
    promise: 'process.env is read outside config',
    rule: 'no-restricted-properties',
    file: 'src/processing/reads-env.ts',
    code: READS_ENV,
  },
  {
    promise: 'process.env is read in config, but not in the one file for it',
    rule: 'no-restricted-properties',
    file: 'src/config/reads-env.ts',
    code: READS_ENV,
  },
  {
    promise: 'process.env is taken apart',
    rule: 'no-restricted-properties',
    file: 'src/app/takes-env.ts',
    code: 'export const { env } = process;\n',
  },
  {
    promise: 'process is reached through globalThis',
    rule: 'no-restricted-properties',
    file: 'src/app/global.ts',
    code: 'export const all = globalThis.process;\n',
  },
  ...['utils', 'common', 'helpers', 'misc', 'shared'].map((name) => ({
    promise: `a folder is named ${name}`,
    rule: 'no-restricted-syntax',
    file: `src/domain/${name}/dates.ts`,
    code: PLAIN,
  })),
  {
    promise: 'a file is named utils',
    rule: 'no-restricted-syntax',
    file: 'src/domain/events/event.utils.ts',
    code: PLAIN,
  },
  {
    promise: 'a folder has a barrel file',
    rule: 'no-restricted-syntax',
    file: 'src/domain/index.ts',
    code: PLAIN,
  },
];

/** Each of these files must not be reported at all. */
export const LINT_ALLOWED: readonly Omit<LintCase, 'rule'>[] = [
  {
    promise: 'the environment is read where config reads it',
    file: 'src/config/process-environment.ts',
    code: READS_ENV,
  },
  { promise: 'a test reads the environment', file: 'test/support/servers.ts', code: READS_ENV },
  {
    promise: 'an import climbs one folder',
    file: 'src/domain/events/climbs-once.ts',
    code: "export { thing } from '../plain';\n",
  },
  { promise: 'a plain file', file: 'src/domain/plain.ts', code: PLAIN },
];
