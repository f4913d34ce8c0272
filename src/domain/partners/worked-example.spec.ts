import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isObject, type JsonObject } from './body/json-value';
import { compileRules } from './compile-rules';
import { parsePartnerDocument } from './parse-partner-document';
import { PresetLibrary } from './preset-library';
import { mapped } from './testing/builders';

const EXAMPLES = join(__dirname, '../../../docs/examples');
const library = PresetLibrary.load();

function exampleDocument(): JsonObject {
  const document: unknown = parse(readFileSync(join(EXAMPLES, 'nordpost.yaml'), 'utf8'));
  if (isObject(document)) return document;
  throw new Error('the example must be an object');
}

const readJsonFile = (name: string): unknown => JSON.parse(readFileSync(join(EXAMPLES, name), 'utf8'));

describe('the worked example of the docs', () => {
  const parsed = parsePartnerDocument(exampleDocument(), library);

  it('should be a document without a fault', () => {
    expect(parsed).toMatchObject({ ok: true });
  });

  it('should make events of a batch with local times', async () => {
    if (!parsed.ok) throw new Error('the document is faulty');
    const body = readFileSync(join(EXAMPLES, 'nordpost-batch.json'), 'utf8');
    const { events, problems, unmapped } = await mapped(compileRules(parsed.document), body);
    expect(events).toMatchObject([
      { trackingNumber: 'NP100', status: 'out_for_delivery', occurredAt: new Date('2026-09-01T06:15:00Z') },
      { trackingNumber: 'NP100', status: 'delivered', location: 'Bergen, NO' },
      {
        trackingNumber: 'NP200',
        status: 'delivery_failed',
        occurredAt: new Date('2026-09-01T10:55:00Z'),
        location: 'Turku, FI',
      },
    ]);
    expect([problems, unmapped]).toEqual([[], []]);
  });

  it('should have the same body in the captured request', () => {
    const request = readJsonFile('nordpost-request.json');
    const body = isObject(request) ? request['body'] : undefined;
    expect(JSON.parse(String(body))).toEqual(readJsonFile('nordpost-batch.json'));
  });
});
