import { EnvironmentApiKey } from './environment-api-key';

const KEY = 'k'.repeat(40);
const authenticate = (apiKey: string | undefined, bearer: string | undefined) =>
  new EnvironmentApiKey({ apiKey }).authenticate(bearer);

describe('EnvironmentApiKey', () => {
  it('opens everything to whoever has the key', async () => {
    expect(await authenticate(KEY, KEY)).toEqual({ name: 'environment', role: 'admin' });
  });

  it.each([undefined, '', 'x'.repeat(40), `${KEY}k`, KEY.slice(1)])('knows nobody by %j', async (bearer) => {
    expect(await authenticate(KEY, bearer)).toBeNull();
  });

  it.each([undefined, ''])('lets nobody in while the key is %j', async (apiKey) => {
    expect(await authenticate(apiKey, undefined)).toBeNull();
    expect(await authenticate(apiKey, '')).toBeNull();
    expect(await authenticate(apiKey, 'undefined')).toBeNull();
  });
});
