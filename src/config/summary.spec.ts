import { randomBytes } from 'node:crypto';
import { loadConfig } from './load-config';
import { summarize, withoutCredentials } from './summary';

it('shows no secret, key or password', () => {
  const key = randomBytes(32).toString('base64');
  const loaded = loadConfig({
    ENCRYPTION_KEYS: `k9:${key}`,
    ADMIN_API_KEY: 'a'.repeat(40),
    SIGNING_SECRET: 's'.repeat(30),
    METRICS_TOKEN: 'm'.repeat(30),
    MONGO_URI: 'mongodb://user:pass-one@h1,h2/db?authSource=admin&tlsCertificateKeyFilePassword=pass-two',
    REDIS_URL: 'redis://user:pass-three@redis:6379',
  });
  const summary = loaded.ok ? summarize(loaded.config) : {};
  const text = JSON.stringify(summary);
  expect(summary).toMatchObject({
    mongo: { uri: 'mongodb://h1,h2/db' },
    redis: { url: 'redis://redis:6379' },
    signing: { secret: 'set', toleranceSeconds: 60 },
    admin: { apiKey: 'set' },
    encryption: { keyIds: ['k9'] },
    metrics: { token: 'set' },
  });
  for (const secret of [key, 'aaaa', 'ssss', 'mmmm', 'pass-', 'user']) expect(text).not.toContain(secret);
});

it.each([
  ['mongodb://localhost:27017', 'mongodb://localhost:27017'],
  ['mongodb+srv://u:p%40@h/db', 'mongodb+srv://h/db'],
  ['rediss://:p@h:1/2', 'rediss://h:1/2'],
])('%s without credentials is %s', (uri, shown) => expect(withoutCredentials(uri)).toBe(shown));
