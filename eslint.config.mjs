import tseslint from 'typescript-eslint';

/** Names under which everything and nothing gathers; a file belongs to what it is about. */
const DUMPING_GROUNDS = '{utils,util,common,helpers,helper,misc,shared}';
const globals = (names) => Object.fromEntries(names.split(' ').map((name) => [name, 'readonly']));

/** Module boundaries that a dependency rule cannot express; test/walls/walls.spec.ts breaks each of them once. */
const boundaries = [
  {
    files: ['**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '[.][.]/(.*/)?[.][.](/|$)',
              message: "At most one '../': use the alias of the module, as in '#platform/http/problem'.",
            },
          ],
          paths: [
            {
              name: '@nestjs/common',
              importNames: ['forwardRef'],
              message: 'Two providers that need each other lack a third one, or a port that app binds.',
            },
            ...['process', 'node:process'].map((name) => ({
              name,
              importNames: ['env'],
              message: `Take settings from config, not from 'env' of '${name}'.`,
            })),
          ],
        },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/config/process-environment.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'Only src/config/process-environment.ts reads the environment; take settings from app.',
        },
        {
          object: 'globalThis',
          property: 'process',
          message: "Write 'process', so that what is used of it can be checked.",
        },
      ],
    },
  },
  {
    files: [`**/${DUMPING_GROUNDS}/**/*.ts`, `**/{,*.}${DUMPING_GROUNDS}.ts`],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'Program', message: 'Name the file and its folder after what they are about.' },
      ],
    },
  },
  {
    files: ['**/index.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'Program', message: 'No barrel files: import from the file that has it.' },
      ],
    },
  },
];

export default tseslint.config(
  { ignores: ['node_modules/', 'dist/', 'coverage/', '.cache/'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  ...boundaries,
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: globals(
        'process console Buffer performance URL URLSearchParams fetch Response AbortController AbortSignal ' +
          'setTimeout clearTimeout setInterval clearInterval setImmediate clearImmediate queueMicrotask ' +
          'structuredClone TextEncoder TextDecoder',
      ),
    },
    rules: { 'no-undef': 'error', 'no-unused-vars': 'error', 'prefer-const': 'error', eqeqeq: 'error' },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { globals: globals('module require __dirname __filename exports') },
  },
);
