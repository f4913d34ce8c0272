import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppConfig } from './app-config';
import { Environment } from './environment';
import { type ConfigFault, formatFaults } from './fault';
import { loadConfig } from './load-config';

const KEYS = `k1:${randomBytes(32).toString('base64')}`;

function configOf(source: NodeJS.ProcessEnv): AppConfig {
  const loaded = loadConfig({ ENCRYPTION_KEYS: KEYS, ...source });
  if (!loaded.ok) throw new Error(formatFaults(loaded.faults));
  return loaded.config;
}

function faultsOf(source: NodeJS.ProcessEnv): readonly ConfigFault[] {
  const loaded = loadConfig({ ENCRYPTION_KEYS: KEYS, ...source });
  return loaded.ok ? [] : loaded.faults;
}

const variablesOf = (source: NodeJS.ProcessEnv) => faultsOf(source).map(({ variable }) => variable);

describe('loadConfig', () => {
  it('takes 0 for no limit', () => {
    const limits = {
      perAddressPerMinute: 60_000,
      refusedPerAddressPerMinute: 600,
      perPartnerPerSecond: 1000,
    };
    expect(configOf({}).limits).toEqual(limits);
    expect(configOf({ RATE_LIMIT_PER_IP_PER_MINUTE: '0' }).limits.perAddressPerMinute).toBe(0);
    expect(variablesOf({ RATE_LIMIT_PER_PARTNER_PER_SECOND: '-1' })).toEqual([
      'RATE_LIMIT_PER_PARTNER_PER_SECOND',
    ]);
  });

  it('takes a directory of partner files that it can read, and no other', () => {
    const directory = mkdtempSync(join(tmpdir(), 'partners-'));
    expect(configOf({ PARTNERS_DIR: directory }).partners).toEqual({ directory });
    expect(configOf({}).partners).toEqual({});
    rmSync(directory, { recursive: true });
    expect(variablesOf({ PARTNERS_DIR: directory })).toEqual(['PARTNERS_DIR']);
  });

  it('gives the documented defaults', () => {
    const config = configOf({});
    expect(config).toMatchObject({
      role: 'both',
      http: { host: '0.0.0.0', port: 3000, trustProxy: false, adminBodyLimitBytes: 65_536 },
      logging: { level: 'info' },
      mongo: { uri: 'mongodb://localhost:27017', dbName: 'courier_gateway', minPoolSize: 1, maxPoolSize: 20 },
      redis: { url: 'redis://localhost:6379' },
      queue: { prefix: 'gw' },
      signing: { toleranceSeconds: 60 },
      intake: { ackTimeoutMs: 2000, bodyLimitBytes: 262_144 },
      worker: { concurrency: 10, drainTimeoutMs: 15_000 },
      processing: { timeoutMs: 30_000, requeuePerSecond: 500 },
      retry: { maxAttempts: 5, backoffBaseMs: 1000, multiplier: 2, jitterPercent: 20 },
      retention: { processedEventsTtlDays: 30, dlqTtlDays: 90 },
      autoMigrate: true,
    });
    expect(config.signing.secret).toBeUndefined();
    expect(config.retention.historyTtlDays).toBeUndefined();
  });

  it('reads every kind of value', () => {
    const config = configOf({
      ROLE: 'worker',
      TRUST_PROXY: '10.0.0.0/8, ::1, loopback',
      PROCESSED_EVENTS_TTL_DAYS: '0.5',
      HISTORY_TTL_DAYS: '365',
      AUTO_MIGRATE: 'false',
      RETRY_BACKOFF_MULTIPLIER: '1.5',
      REDIS_URL: 'rediss://:secret@redis.internal:6380/2',
      MONGO_URI: 'mongodb://u:p@a:1,b:2/?replicaSet=rs0',
    });
    expect(config.role).toBe('worker');
    expect(config.http.trustProxy).toEqual(['10.0.0.0/8', '::1', 'loopback']);
    expect(config.retention).toEqual({
      processedEventsTtlDays: 0.5,
      dlqTtlDays: 90,
      historyTtlDays: 365,
    });
    expect(config.autoMigrate).toBe(false);
    expect(config.encryption.keys.map(({ id, key }) => [id, key.length])).toEqual([['k1', 32]]);
  });

  it('takes an empty variable as unset', () => {
    expect(configOf({ PORT: '', ADMIN_API_KEY: '', ROLE: '' })).toMatchObject({ role: 'both', admin: {} });
  });

  it('names all faults at once and never shows a secret', () => {
    const faults = faultsOf({
      ROLE: 'banana',
      PORT: 'abc',
      MONGO_URI: 'nonsense-with-password',
      SIGNATURE_TOLERANCE_SECONDS: '301',
      ADMIN_API_KEY: 'Zq9-only-a-few',
      AUTO_MIGRATE: 'yes',
      TRUST_PROXY: 'true',
      ENCRYPTION_KEYS: 'k1:c2hvcnQ=',
    });
    expect(faults.map(({ variable }) => variable).sort()).toEqual([
      'ADMIN_API_KEY',
      'AUTO_MIGRATE',
      'ENCRYPTION_KEYS',
      'MONGO_URI',
      'PORT',
      'ROLE',
      'SIGNATURE_TOLERANCE_SECONDS',
      'TRUST_PROXY',
    ]);
    const text = formatFaults(faults);
    expect(text).toContain('ROLE: expected one of api, worker, both, got "banana"');
    expect(text).toContain('SIGNATURE_TOLERANCE_SECONDS: expected a whole number from 1 to 300, got "301"');
    for (const secret of ['nonsense', 'Zq9', 'c2hvcnQ']) expect(text).not.toContain(secret);
  });

  it.each([
    ['MONGO_URI', 'mongodb://Zq9user:%zzZq9@h/'],
    ['MONGO_URI', 'mongodb://Zq9user/x:Zq9@h/'],
    ['MONGO_URI', 'mongodb://Zq9user:12/?Zq9=Zq9@h/'],
    ['MONGO_URI', 'mongodb://Zq9user:12?Zq9=Zq9'],
    ['MONGO_URI', 'mongodb://Zq9user:Zq9'],
    ['REDIS_URL', 'redis://Zq9user:%zzZq9@h'],
    ['REDIS_URL', 'redis://Zq9user:Zq9/Zq9@h'],
  ])('names a faulty %s and shows nothing of it', (variable, value) => {
    const faults = faultsOf({ [variable]: value });
    expect(faults).toEqual([{ variable, expected: expect.stringContaining('percent-encoded') as string }]);
    expect(formatFaults(faults)).not.toMatch(/zq9/i);
  });

  it('tells which option of the MongoDB connection string to look at, without a word of it', () => {
    const expectedOf = (options: string) => faultsOf({ MONGO_URI: `mongodb://a,b/?${options}` })[0]?.expected;
    expect(expectedOf('w=1&Zq9=Zq9&retryWrites=true')).toMatch(/option 2 after the "\?"/);
    expect(expectedOf('directConnection=true')).toMatch(/option 1 after the "\?"/);
    expect(expectedOf('readPreference=Zq9')).not.toMatch(/Zq9/);
    expect(expectedOf('w=1&tls=true&ssl=false')).toMatch(/options 2 and 3 .* together/);
    expect(expectedOf('Zq9=Zq9&Zq9a=Zq9')).toMatch(/several/);
  });

  it('requires the encryption keys', () => {
    expect(variablesOf({ ENCRYPTION_KEYS: undefined })).toEqual(['ENCRYPTION_KEYS']);
  });

  it('refuses a journal that forgets an event before its last retry', () => {
    const short = { PROCESSED_EVENTS_TTL_DAYS: '0.001' };
    expect(variablesOf(short)).toEqual(['PROCESSED_EVENTS_TTL_DAYS']);
    expect(faultsOf(short)[0]?.expected).toMatch(/^at least 0\.0038 days/);
    const quick = {
      RETRY_MAX_ATTEMPTS: '1',
      PROCESSING_TIMEOUT_MS: '1000',
      SIGNATURE_TOLERANCE_SECONDS: '30',
    };
    expect(variablesOf({ ...short, ...quick })).toEqual([]);
  });

  it('refuses a history that ends before the journal', () => {
    expect(variablesOf({ HISTORY_TTL_DAYS: '29' })).toEqual(['HISTORY_TTL_DAYS']);
    expect(variablesOf({ HISTORY_TTL_DAYS: '30' })).toEqual([]);
  });

  it('refuses a pool that is too small for the work, where there is work', () => {
    const small = { WORKER_CONCURRENCY: '50', MONGO_MAX_POOL_SIZE: '54' };
    expect(faultsOf(small)[0]?.expected).toMatch(/^at least 55 with ROLE=both/);
    expect(variablesOf({ ...small, ROLE: 'worker' })).toEqual(['MONGO_MAX_POOL_SIZE']);
    expect(variablesOf({ ...small, ROLE: 'api' })).toEqual([]);
    expect(variablesOf({ ...small, MONGO_MAX_POOL_SIZE: '55' })).toEqual([]);
    expect(variablesOf({ MONGO_MIN_POOL_SIZE: '21' })).toEqual(['MONGO_MIN_POOL_SIZE']);
  });

  it('refuses a routing call that may take longer than an attempt, where there is a routing service', () => {
    const slow = { ROUTING_TIMEOUT_MS: '5000', PROCESSING_TIMEOUT_MS: '5000' };
    expect(variablesOf(slow)).toEqual([]);
    expect(variablesOf({ ...slow, ROUTING_URL: 'http://routing/route' })).toEqual(['ROUTING_TIMEOUT_MS']);
    expect(variablesOf({ ...slow, ROUTING_URL: 'https://h', ROUTING_TIMEOUT_MS: '4999' })).toEqual([]);
  });

  it.each(['routing:4000', 'ftp://h/', 'http://user:word@h/', 'http://h/#a', 'http://h /', 'http://'])(
    'refuses %s as the address of the routing service',
    (url) => {
      expect(variablesOf({ ROUTING_URL: url })).toEqual(['ROUTING_URL']);
    },
  );

  it('shows nothing of an address of the routing service that it refuses', () => {
    const text = formatFaults(faultsOf({ ROUTING_URL: 'https://svc:Zq9@routing.internal/route' }));
    expect(text).toContain('ROUTING_URL: expected the http:// or https:// address');
    expect(text).not.toContain('Zq9');
  });

  it('does not judge a rule over a variable that cannot be read', () => {
    expect(variablesOf({ WORKER_CONCURRENCY: 'many', MONGO_MAX_POOL_SIZE: '1' })).toEqual([
      'WORKER_CONCURRENCY',
    ]);
  });

  it('refuses a CA for a connection without TLS', () => {
    expect(variablesOf({ REDIS_TLS_CA_FILE: __filename })).toEqual(['REDIS_TLS_CA_FILE']);
    const plain = { MONGO_TLS_CA_FILE: __filename, MONGO_URI: 'mongodb://h/?ssl=false' };
    expect(variablesOf(plain)).toEqual(['MONGO_TLS_CA_FILE']);
    expect(variablesOf({ ...plain, MONGO_URI: 'mongodb://h/?tls=true' })).toEqual([]);
    expect(variablesOf({ REDIS_TLS_CA_FILE: '/no/such/file', REDIS_URL: 'rediss://h' })).toEqual([
      'REDIS_TLS_CA_FILE',
    ]);
  });

  describe('with secrets in files', () => {
    const directory = mkdtempSync(join(tmpdir(), 'config-'));
    const path = join(directory, 'secret');
    afterAll(() => rmSync(directory, { recursive: true }));

    it('reads them without the last line feed', () => {
      writeFileSync(path, `${'k'.repeat(32)}\n`);
      expect(configOf({ ADMIN_API_KEY_FILE: path }).admin.apiKey).toBe('k'.repeat(32));
    });

    it('checks them like values, without showing them', () => {
      writeFileSync(path, 'too-short');
      const faults = faultsOf({ ADMIN_API_KEY_FILE: path });
      expect(faults).toEqual([
        { variable: 'ADMIN_API_KEY', expected: expect.stringContaining('32') as string },
      ]);
    });

    it('refuses a file that is not there, and both forms at once', () => {
      expect(variablesOf({ ENCRYPTION_KEYS: '', ENCRYPTION_KEYS_FILE: '/no/such' })).toEqual([
        'ENCRYPTION_KEYS_FILE',
      ]);
      expect(variablesOf({ METRICS_TOKEN: 'abc', METRICS_TOKEN_FILE: path })).toEqual(['METRICS_TOKEN_FILE']);
    });
  });

  it('warns of variables that look like ours and are not', () => {
    const { warnings } = loadConfig({
      ENCRYPTION_KEYS: KEYS,
      MONGO_URL: 'mongodb://x',
      WORKER_CONCURENCY: '3',
      ROUTING_URL: 'http://later',
      REDIS_SERVICE_HOST: '10.0.0.1',
      REDIS_PORT_6379_TCP_ADDR: '10.0.0.1',
      METRICS_TOKEN_FILE: '',
      HOME: '/root',
    });
    expect(warnings.map((line) => line.split(' ')[0])).toEqual(['MONGO_URL', 'WORKER_CONCURENCY']);
  });
});

describe('.env.example', () => {
  const lines = readFileSync('.env.example', 'utf8')
    .split('\n')
    .filter((line) => /^[A-Z]/.test(line));
  const example = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );

  it('names every variable, with its default', () => {
    expect(Object.keys(example).sort()).toEqual(Object.keys(new Environment()).sort());
    expect(configOf({ ...example, ENCRYPTION_KEYS: KEYS })).toEqual(configOf({}));
  });
});
