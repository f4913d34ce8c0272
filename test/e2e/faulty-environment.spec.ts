import { startGateway } from '../support/gateway-process';
import { testDatabase } from '../support/test-database';

const CONFIGURATION = 78;

describe('a gateway with a faulty address of a store', () => {
  const stores = testDatabase();
  afterAll(() => stores.cleanup());

  it.each([
    ['MONGO_URI', 'mongodb://u:%zzZq9@127.0.0.1/'],
    ['MONGO_URI', 'mongodb://u:Zq9@127.0.0.1:99999/'],
    ['MONGO_URI', 'mongodb://u:Zq9@127.0.0.1/?tls=true&ssl=false'],
    ['REDIS_URL', 'redis://u:%zzZq9@127.0.0.1'],
    ['REDIS_URL', 'redis://u:Zq9@127.0.0.1?keyPrefix=Zq9'],
  ])('should end at once, name %s and show nothing of it: %s', async (variable, value) => {
    const env = { [variable]: value };
    const gateway = await startGateway({ role: 'both', stores, env, waitUntilReady: false });
    expect(await gateway.ended).toEqual({ code: CONFIGURATION, signal: null });
    const text = gateway.logs.join('\n');
    expect(text).toContain(`${variable}: expected `);
    expect(text).not.toContain('Zq9');
  });
});
