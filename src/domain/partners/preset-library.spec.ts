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

const map = (preset: string, body: unknown): MappingResult => mapped(rulesOf(preset), body);

describe('the shipped presets', () => {
  it('should all be there', () => {
    expect(library.names()).toEqual(['delhivery', 'easypost', 'shippo', 'standard']);
    expect(library.get('nobody')).toBeUndefined();
  });

  const index = jsonOf(payload('index.json'));
  const entries = isList(index) ? index.filter(isObject) : [];

  it.each(entries.map((entry) => [String(entry['file']), entry] as const))(
    'should make of %s what its index says',
    (file, entry) => {
      const preset = file.slice(0, file.indexOf('-'));
      const { test, ...body } = objectOf(payload(file));
      const { events, problems, unmapped } = map(preset, body);
      const last = events.at(-1);
      expect({ problems, unmapped }).toEqual({ problems: [], unmapped: [] });
      expect(last?.status).toBe(entry['canonical_status_expected']);
      expect(last?.trackingNumber).toBe(entry['tracking_number']);
      expect(last?.occurredAt).toEqual(new Date(String(entry['event_time_utc'])));
      expect(map(preset, { test, ...body }).testItems).toBe(test === true ? 1 : 0);
    },
  );

  it('should read the whole history that EasyPost sends', () => {
    const { events } = map('easypost', payload('easypost-tracker-updated.json').toString());
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
    expect(map('easypost', { id: 'evt_2', description: 'batch.created', result: {} }).events).toEqual([]);
    const testing = { ...objectOf(payload('easypost-tracker-updated.json')), mode: 'test' };
    expect(map('easypost', testing)).toMatchObject({ events: [], testItems: 7 });
  });

  it('should refine what Shippo says by its substatus, where that helps', () => {
    const status = (word: string, code: string | null) =>
      map('shippo', {
        event: 'track_updated',
        data: { tracking_number: '1', tracking_status: { status: word, substatus: code && { code } } },
      }).events[0]?.status;
    expect(status('TRANSIT', 'out_for_delivery')).toBe('out_for_delivery');
    expect(status('TRANSIT', 'delayed')).toBe('in_transit');
    expect(status('TRANSIT', null)).toBe('in_transit');
    expect(status('DELIVERED', 'information_received')).toBe('delivered');
  });

  it('should take Delhivery’s shipments one by one or as a list', () => {
    const [one, two] = ['delhivery-delivered.json', 'delhivery-manifested.json'].map((file) =>
      objectOf(payload(file)),
    );
    const list = { Shipment: [one?.['Shipment'], two?.['Shipment']] };
    expect(map('delhivery', list).events.map(({ status }) => status)).toEqual(['delivered', 'info_received']);
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

  it('should take the canonical event word for word', () => {
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
    expect(map('standard', body).events).toEqual([
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
    expect(map('standard', numbered).events[0]?.trackingNumber).toBe('T-1');
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
      'id: acme\nsignature: { type: none }\nfoo: 1\n',
      /acme\.yaml is faulty:[^]*\/foo:[^]*\/signature\/type: type must be one of hmac, token/,
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
