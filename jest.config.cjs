const swc = {
  swcrc: false,
  sourceMaps: 'inline',
  module: { type: 'commonjs' },
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
    keepClassNames: true,
  },
};

const common = {
  rootDir: __dirname,
  testEnvironment: 'node',
  cacheDirectory: '<rootDir>/.cache/jest',
  // The driver loads `os` by a dynamic import, which Jest's CommonJS mode cannot do: made a require here.
  transform: { '^.+\\.ts$|/mongodb/lib/runtime_adapters\\.js$': ['@swc/jest', swc] },
  transformIgnorePatterns: ['/node_modules/(?!mongodb/lib/runtime_adapters\\.js)'],
  moduleNameMapper: {
    '^#(app|config|ingestion|processing|dlq-review|admin|health|sandbox|cli|domain|platform)/(.*)$':
      '<rootDir>/src/$1/$2',
  },
  setupFiles: ['reflect-metadata'],
  // The boundary tests plant small projects of the same name there.
  modulePathIgnorePatterns: ['<rootDir>/.cache/'],
};

module.exports = {
  projects: [
    // Pure code, tested beside it; needs no server.
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/test/{walls,ship}/**/*.spec.ts'],
    },
    // The commands that bring servers up, tested as a person runs them; they start what they need themselves.
    { ...common, displayName: 'embedded', testMatch: ['<rootDir>/test/embedded/**/*.spec.ts'] },
    // What needs real Redis, MongoDB or processes; servers are started once for all files.
    {
      ...common,
      displayName: 'system',
      testMatch: ['<rootDir>/test/**/*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/(walls|ship|embedded)/'],
      globalSetup: '<rootDir>/test/support/global-setup.mjs',
      globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
    },
  ],
  testTimeout: 60_000,
  coverageProvider: 'v8',
  collectCoverageFrom: ['src/**/*.ts', '!src/**/*.spec.ts', '!src/main.ts'],
};
