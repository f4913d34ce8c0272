import { Ajv2020 } from 'ajv/dist/2020';
import { isList, isObject, type JsonObject } from '#domain/partners/body/json-value';
import { SHIPMENT_STATUSES } from '#domain/shipments/shipment-status';
import { parsePointer, valueAt } from '#domain/partners/template/pointer';
import { RequestCheck } from './request-check';
import { routingDescription } from './routing-description';

const description = routingDescription();
const at = (pointer: string, within: unknown = description): unknown =>
  valueAt(within, parsePointer(pointer) ?? []);
const objectAt = (pointer: string, within: unknown = description): JsonObject => {
  const value = at(pointer, within);
  if (isObject(value)) return value;
  throw new Error(`${pointer} must be an object`);
};

/** Every object of the document, whatever it is for. */
function* objectsIn(value: unknown): Generator<JsonObject> {
  if (isObject(value)) yield value;
  if (isList(value) || isObject(value)) for (const member of Object.values(value)) yield* objectsIn(member);
}

const POST = '/paths/~1route/post';
const EVENT_ID = 'evt_4jd7xq2m5k3w6zr7t2ybnc5ahf';
const example = objectAt(`${POST}/requestBody/content/application~1json/example`);
const headers = {
  'content-type': 'application/json; charset=utf-8',
  'idempotency-key': EVENT_ID,
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
};

describe('config/schemas/routing-service.openapi.yaml', () => {
  it('should be OpenAPI 3.1 whose references all lead somewhere', () => {
    expect(description).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'Routing service', version: '1.0.0' },
    });
    const references = [...objectsIn(description)].flatMap(({ $ref }) =>
      typeof $ref === 'string' ? [$ref] : [],
    );
    expect(references.length).toBeGreaterThan(5);
    expect(references.filter((reference) => !isObject(at(reference.replace('#', ''))))).toEqual([]);
  });

  it('should say what each answer means', () => {
    const responses = objectAt(`${POST}/responses`);
    expect(Object.keys(responses)).toEqual(['200', '204', '408', '425', '429', '5XX', 'default']);
    for (const response of Object.values(responses)) {
      const { $ref } = isObject(response) ? response : {};
      const described = typeof $ref === 'string' ? at($ref.replace('#', '')) : response;
      expect(described).toMatchObject({ description: expect.stringMatching(/\w/) as string });
    }
  });

  it('should have schemas that are strict JSON Schema, and examples that match them', () => {
    const ajv = new Ajv2020({ strict: true, strictRequired: false, formats: { 'date-time': true } });
    ajv.addVocabulary(Object.keys(description));
    ajv.addSchema(description, 'description');
    const validator = (pointer: string) => ajv.compile({ $ref: `description#${pointer}` });
    for (const name of Object.keys(objectAt('/components/schemas'))) validator(`/components/schemas/${name}`);
    const content = [`${POST}/requestBody/content`, `${POST}/responses/200/content`];
    for (const media of content.map((pointer) => `${pointer}/application~1json`)) {
      expect([media, validator(`${media}/schema`)(at(`${media}/example`))]).toEqual([media, true]);
    }
  });

  it('should know every status that the gateway has', () => {
    expect(at('/components/schemas/Status/enum')).toEqual(SHIPMENT_STATUSES);
  });
});

describe('what the routing simulator accepts', () => {
  const check = new RequestCheck(description);
  const pathsOf = (sent: JsonObject, body: unknown): readonly string[] => {
    const checked = check.check(sent, body);
    return checked.ok ? [] : checked.faults.map(({ path }) => path);
  };

  it('should be the example of the description, and a further event of the same body', () => {
    expect(pathsOf(headers, example)).toEqual([]);
    expect(pathsOf({ ...headers, 'idempotency-key': `${EVENT_ID}-7` }, example)).toEqual([]);
    expect(pathsOf(headers, { ...example, shipment: { status: null, version: 0 }, more: 1 })).toEqual([]);
  });

  it.each<[string, JsonObject, unknown, readonly string[]]>([
    ['no body', {}, undefined, ['']],
    ['a list', {}, [example], ['']],
    [
      'a missing member',
      {},
      { ...example, status: undefined, shipment: {} },
      ['/status', '/shipment/status', '/shipment/version'],
    ],
    ["a partner's word as status", {}, { ...example, status: 'TRANSIT' }, ['/status']],
    ['a time without an offset', {}, { ...example, occurredAt: '2026-11-22T09:30:00' }, ['/occurredAt']],
    ['no key', { 'idempotency-key': undefined }, example, ['/headers/idempotency-key']],
    ['no trace', { traceparent: '00-1-2-3' }, example, ['/headers/traceparent']],
    ['another media type', { 'content-type': 'text/plain' }, example, ['/headers/content-type']],
    [
      "another event's key",
      { 'idempotency-key': EVENT_ID.replace('4', '5') },
      example,
      ['/headers/idempotency-key'],
    ],
  ])('should not be %s', (_, changed, body, paths) => {
    expect([...pathsOf({ ...headers, ...changed }, body)].sort()).toEqual([...paths].sort());
  });

  it('should come from the description alone', () => {
    const other = structuredClone(description);
    const required = at('/components/schemas/RoutingRequest/required', other);
    if (!Array.isArray(required)) throw new Error('the schema must require something');
    required.push('weight');
    const checked = new RequestCheck(other).check(headers, example);
    expect(checked).toEqual({ ok: false, faults: [{ path: '/weight', message: 'weight is required' }] });
  });
});
