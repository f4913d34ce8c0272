import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readJson } from './body/json';
import { isList, isObject, type JsonObject } from './body/json-value';
import { compileRules } from './compile-rules';
import { type MappingResult } from './compiled-partner';
import { PresetLibrary } from './preset-library';
import { mapped } from './testing/builders';

const library = PresetLibrary.load();
const PAYLOADS = join(__dirname, '../../../test/fixtures/payloads');

function jsonOf(bytes: Buffer): unknown {
  const parsed = readJson(bytes);
  if (parsed.ok) return parsed.value;
  throw new Error(parsed.message);
}

function objectOf(bytes: Buffer): JsonObject {
  const value = jsonOf(bytes);
  if (isObject(value)) return value;
  throw new Error('a payload must be an object');
}

const payload = (file: string): Buffer => readFileSync(join(PAYLOADS, file));

function rulesOf(preset: string) {
  const document = library.get(preset);
  if (document === undefined) throw new Error(`no preset ${preset}`);
  return compileRules(document);
}

/** Files are named after their sender; ShipStation's API is ShipEngine's. */
function presetOf(file: string): string {
  const name = file.startsWith('shipstation') ? 'shipengine' : file;
  const preset = library.names().find((candidate) => name.startsWith(candidate));
  if (preset === undefined) throw new Error(`no preset is named as ${file} begins`);
  return preset;
}

const map = (preset: string, body: unknown): Promise<MappingResult> => mapped(rulesOf(preset), body);

describe('the shipped presets', () => {
  it.each(library.names())('should read %s as JSON, whatever the content type says', (name) => {
    // Hardly anybody signs it: a captured request must not become another event by being sent as a form.
    expect(library.get(name)).toMatchObject({ body: { format: 'json' } });
  });

  it('should all be there', () => {
    expect(library.names()).toEqual([
      '17track',
      'aftership',
      'delhivery',
      'dhl-unified',
      'doordash-drive',
      'easypost',
      'fedex-track',
      'generic-hmac',
      'legacy-v1',
      'sendcloud',
      'ship24',
      'shipengine',
      'shippo',
      'shiprocket',
      'shopify-fulfillment',
      'standard',
      'trackingmore',
      'uber-direct',
      'ups-track-alert',
    ]);
    expect(library.get('nobody')).toBeUndefined();
  });

  const index = jsonOf(payload('index.json'));
  const entries = isList(index) ? index.filter(isObject) : [];

  it.each(entries.map((entry) => [String(entry['file']), entry] as const))(
    'should make of %s what its index says',
    async (file, entry) => {
      const preset = presetOf(file);
      const { test, ...body } = objectOf(payload(file));
      const { events, problems, unmapped } = await map(preset, body);
      const last = events.at(-1);
      expect(unmapped).toEqual([]);
      expect(last?.status ?? null).toBe(entry['canonical_status_expected']);
      expect(last?.trackingNumber ?? null).toBe(entry['tracking_number']);
      const at = entry['event_time_utc'];
      expect(last?.occurredAt ?? null).toEqual(typeof at === 'string' ? new Date(at) : null);
      const unclear = typeof at === 'string' ? [] : ['time_without_zone', 'implausible_time'];
      expect(problems.filter(({ code }) => !unclear.includes(code))).toEqual([]);
      expect((await map(preset, { test, ...body })).testItems).toBe(test === true ? 1 : 0);
    },
  );

  it('should read the whole history that EasyPost sends', async () => {
    const { events } = await map('easypost', payload('easypost-tracker-updated.json').toString());
    expect(events.map(({ status }) => status)).toEqual([
      'info_received',
      ...Array<string>(6).fill('in_transit'),
    ]);
    expect(events[1]).toMatchObject({
      location: 'ORLANDO, FL, US',
      description: 'Picked up',
      partnerStatus: 'in_transit',
    });
    expect(new Set(events.map(({ eventKey }) => eventKey)).size).toBe(7);
    const other = { id: 'evt_2', description: 'batch.created', result: {} };
    expect((await map('easypost', other)).events).toEqual([]);
    const testing = { ...objectOf(payload('easypost-tracker-updated.json')), mode: 'test' };
    expect(await map('easypost', testing)).toMatchObject({ events: [], testItems: 7 });
  });

  it('should refine what Shippo says by its substatus, where that helps', async () => {
    const status = async (word: string, code: string | null) => {
      const tracking_status = { status: word, substatus: code && { code } };
      const body = { event: 'track_updated', data: { tracking_number: '1', tracking_status } };
      return (await map('shippo', body)).events[0]?.status;
    };
    expect(await status('TRANSIT', 'out_for_delivery')).toBe('out_for_delivery');
    expect(await status('TRANSIT', 'delayed')).toBe('in_transit');
    expect(await status('TRANSIT', null)).toBe('in_transit');
    expect(await status('DELIVERED', 'information_received')).toBe('delivered');
  });

  it('should take Delhivery’s shipments one by one or as a list', async () => {
    const [one, two] = ['delhivery-delivered.json', 'delhivery-manifested.json'].map((file) =>
      objectOf(payload(file)),
    );
    const list = { Shipment: [one?.['Shipment'], two?.['Shipment']] };
    const { events } = await map('delhivery', list);
    expect(events.map(({ status }) => status)).toEqual(['delivered', 'info_received']);
    const rules = rulesOf('delhivery');
    const keyOf = (value: unknown) => {
      const body = Buffer.from(JSON.stringify(value));
      return rules.dedupeKey(
        { body, contentType: '', headers: {}, query: {} },
        rules.parse(body, 'application/json'),
      );
    };
    expect(keyOf(one)).toMatch(/^10:12345678906:EOD-38/);
    expect(keyOf(list)).toMatch(/^sha256:/);
  });

  it('should take the canonical event word for word', async () => {
    const body = {
      eventId: 'e-1',
      eventType: 'shipment.status_changed',
      occurredAt: '2026-03-01T10:00:00.000Z',
      source: 'shop',
      idempotencyKey: 'key-1',
      payload: {
        shipmentId: 'SHP-1',
        orderId: 'O-1',
        status: 'delivered',
        location: 'Cairo',
        correction: true,
      },
    };
    expect((await map('standard', body)).events).toEqual([
      expect.objectContaining({
        trackingNumber: 'SHP-1',
        shipmentId: 'SHP-1',
        orderId: 'O-1',
        status: 'delivered',
        partnerStatus: 'delivered',
        location: 'Cairo',
        correction: true,
      }),
    ]);
    const numbered = { ...body, payload: { ...body.payload, trackingNumber: 'T-1' } };
    expect((await map('standard', numbered)).events[0]?.trackingNumber).toBe('T-1');
  });
});

describe('a preset library', () => {
  let directory = '';
  const write = (name: string, text: string): void => writeFileSync(join(directory, name), text);
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'presets-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('should read every YAML file of a directory', () => {
    write('acme.yaml', 'id: acme\nsignature: { type: hmac, from: { header: x-sig } }\n');
    write('notes.txt', 'not a preset');
    expect(PresetLibrary.load(directory).names()).toEqual(['acme']);
  });

  it.each([
    [
      'id: acme\nsignature: { type: seal }\nfoo: 1\n',
      /acme\.yaml is faulty:[^]*\/foo:[^]*\/signature\/type: type must be one of hmac, hash, /,
    ],
    ['id: other\nsignature: { type: token, from: { query: t } }\n', /\/id: id must be "acme"/],
    [
      'id: acme\nsignature: { type: token, from: { query: t } }\nsecrets: [{ value: x }]\n',
      /\/secrets: a preset must not hold/,
    ],
    ['id: acme\npreset: standard\n', /\/preset:/],
    ['id: [acme', /acme\.yaml is not YAML/],
    ['id: acme\nid: acme\n', /acme\.yaml is not YAML/],
    ['', /acme\.yaml is faulty:[^]*\/: the document must be an object/],
  ])('should refuse a faulty one and name the file and the place: %j', (text, message) => {
    write('acme.yaml', text);
    expect(() => PresetLibrary.load(directory)).toThrow(message);
  });
});
