import { testDatabase, type TestDatabase } from '../support/test-database';
import { type AdminProcess, startProcess } from './partners-app';

describe('the presets of the admin API', () => {
  let stores: TestDatabase;
  let here: AdminProcess;

  beforeAll(async () => {
    stores = testDatabase();
    here = await startProcess(stores);
  });
  afterAll(async () => {
    await here.nest.close();
    await stores.cleanup();
  });

  it('are listed by name, page by page', async () => {
    const all = await here.root('GET', '/presets?limit=200');
    expect(all).toMatchObject({ status: 200, json: { nextCursor: null } });
    expect(all.text).toMatch(/"id":"easypost".*"id":"shippo".*"id":"standard"/);
    const first = await here.root('GET', '/presets?limit=1');
    const [, cursor = ''] = /"nextCursor":"([^"]+)"/.exec(first.text) ?? [];
    const second = await here.root('GET', `/presets?limit=1&cursor=${encodeURIComponent(cursor)}`);
    expect(second.json).toMatchObject({
      items: [{ id: expect.not.stringMatching(idOf(first.text)) as string }],
    });
  });

  it('are shown as a whole', async () => {
    expect((await here.root('GET', '/presets/shippo')).json).toMatchObject({
      id: 'shippo',
      signature: { type: 'hmac' },
      mapping: { status: { TRANSIT: 'in_transit' } },
    });
  });

  it('that are not there are not found', async () => {
    expect(await here.root('GET', '/presets/none')).toMatchObject({
      status: 404,
      json: { code: 'NOT_FOUND' },
    });
  });
});

const idOf = (text: string): string => /"id":"([^"]+)"/.exec(text)?.[1] ?? '';
