import { SHIPMENT_STATUSES } from '#domain/shipments/shipment-status';
import { BODY_FORMATS } from '../body/body-format';
import { EVENT_FIELDS } from '../mapping/mapping-spec';
import { KEY_ENCODINGS, NORMAL_FORMS } from '../signature/key-material';
import { SIGNATURE_TYPES } from '../signature/signature-types';

type Schema = Readonly<Record<string, unknown>>;

const text = (maxLength: number): Schema => ({ type: 'string', minLength: 1, maxLength });
const whole = (minimum: number, maximum: number): Schema => ({ type: 'integer', minimum, maximum });
const choice = (...values: readonly unknown[]): Schema => ({ enum: values });
const list = (items: Schema, maxItems: number): Schema => ({ type: 'array', minItems: 1, maxItems, items });
const object = (properties: Schema, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
/** One or a list of them. */
const oneOrMany = (one: Schema, maxItems: number): Schema => ({
  if: { type: 'array' },
  then: list(one, maxItems),
  else: one,
});
const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });
/** Looked at by a rule of its own, which can say more than a schema. */
const ANYTHING = {};

const sourceKeys: Schema = {
  header: oneOrMany(text(200), 8),
  query: oneOrMany(text(200), 8),
  body: oneOrMany({ type: 'string', maxLength: 500 }, 8),
  item: oneOrMany({ type: 'string', maxLength: 500 }, 8),
  split: text(8),
  prefix: oneOrMany({ type: 'string', maxLength: 100 }, 8),
  suffix: text(100),
};

const alternativeKeys: Schema = {
  name: { type: 'string', pattern: '^[A-Za-z0-9_.-]{1,40}$', expected: '1 to 40 letters, digits or _ . -' },
  type: { enum: [...SIGNATURE_TYPES.keys()] },
  from: ref('source'),
  timestamp: object({ from: ref('source'), format: text(64), toleranceSeconds: whole(1, 900) }, ['from']),
  id: ref('source'),
  each: { type: 'string', maxLength: 500 },
  key: object({
    encoding: choice(...KEY_ENCODINGS),
    strip: text(40),
    otherwise: choice(...KEY_ENCODINGS),
    normalize: choice(...NORMAL_FORMS),
    id: ref('source'),
  }),
};

const known = (keys: Schema): Schema => Object.fromEntries(Object.keys(keys).map((key) => [key, true]));

/** Keys of one type are only looked at when that is the type, so an unknown one gives one fault, not ten. */
const alternative: Schema = {
  type: 'object',
  properties: alternativeKeys,
  required: ['type', 'from'],
  allOf: [...SIGNATURE_TYPES].map(([type, { properties }]) => ({
    if: { type: 'object', properties: { type: { const: type } }, required: ['type'] },
    then: {
      type: 'object',
      properties: { ...known(alternativeKeys), ...properties },
      additionalProperties: false,
    },
  })),
};

const scalar: Schema = { type: ['string', 'number', 'boolean'] };

const mapping = object(
  {
    each: { type: 'string', maxLength: 500 },
    where: { type: 'object', maxProperties: 16, additionalProperties: oneOrMany(scalar, 100) },
    event: object(Object.fromEntries(EVENT_FIELDS.map((field) => [field, ANYTHING])), ['trackingNumber']),
    status: {
      type: 'object',
      maxProperties: 1000,
      additionalProperties: {
        enum: [...SHIPMENT_STATUSES, 'none', null],
        expected: `one of ${SHIPMENT_STATUSES.join(', ')}, or null (in a merge patch: none) for a word without a status`,
      },
    },
    time: object({ zone: text(64), formats: list(text(64), 16), trustOffset: { type: 'boolean' } }),
  },
  ['event'],
);

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const QUOTED = '"(?:[ !#-\\[\\]-~]|\\\\[ -~])*"';
/** As in RFC 9110, section 8.3.1, but blanks are spaces, and a parameter is never empty. */
const MEDIA_TYPE = `^${TOKEN}/${TOKEN}(?: *; *${TOKEN}=(?:${TOKEN}|${QUOTED}))*$`;

const moment: Schema = { type: 'string', format: 'date-time' };

const secret = object(
  {
    value: { type: 'string', minLength: 1, maxLength: 8192 },
    id: text(64),
    keyId: text(200),
    use: text(40),
    activeFrom: moment,
    retireAt: moment,
  },
  ['value'],
);

const priorities = Object.fromEntries([...SHIPMENT_STATUSES, 'default'].map((key) => [key, whole(1, 10)]));

/** Where the parts of a document stand, what they are and which sizes they may have. Rules that need more are in `rules/`. */
export const PARTNER_SCHEMA: Schema = {
  $id: 'partner',
  ...object(
    {
      id: {
        type: 'string',
        pattern: '^[a-z0-9-]{2,40}$',
        expected: '2 to 40 of a-z, 0-9 and -',
      },
      name: text(200),
      // Already laid beneath the document when this is checked; named here so that messages list it.
      preset: ANYTHING,
      notes: { type: 'string', maxLength: 10_000 },
      enabled: { type: 'boolean' },
      signature: oneOrMany(ref('alternative'), 8),
      secrets: { type: 'array', maxItems: 10, items: secret },
      allowIps: list(text(64), 1000),
      publicUrl: text(500),
      body: object({
        format: choice(...BODY_FORMATS),
        unwrap: list({ type: 'string', maxLength: 500 }, 16),
        contentTypes: list(
          { type: 'string', pattern: '^[a-z0-9.+-]+/[a-z0-9.+-]+$', expected: 'a media type in lower case' },
          8,
        ),
      }),
      dedupe: object({
        ...sourceKeys,
        fields: list(text(500), 16),
        onConflict: choice('keep', 'drop'),
        digest: { const: 'body' },
      }),
      replay: object({ policy: choice('acknowledge', 'reject'), windowSeconds: whole(1, 2_592_000) }),
      mapping: ref('mapping'),
      mappings: { type: 'object', minProperties: 1, maxProperties: 20, additionalProperties: ref('mapping') },
      schemaVersion: object({ from: ref('source'), default: text(100), accept: list(text(100), 20) }),
      priority: object({ ...priorities, from: ANYTHING }),
      ack: object({
        status: whole(200, 299),
        body: { type: 'string', maxLength: 4096 },
        contentType: {
          type: 'string',
          maxLength: 100,
          pattern: MEDIA_TYPE,
          expected: 'a media type of at most 100 characters, such as text/plain; charset=utf-8',
        },
      }),
      handshake: object({ method: { const: 'GET' }, echo: text(200), status: whole(200, 299) }),
      limits: object({
        perSecond: { type: 'number', minimum: 0, maximum: 1_000_000 },
        burst: whole(1, 1_000_000),
        bodyBytes: whole(1, 4_194_304),
      }),
      queue: object({
        concurrency: whole(1, 1000),
        timeoutMs: whole(100, 3_600_000),
        attempts: whole(1, 20),
      }),
    },
    ['id', 'signature'],
  ),
  $defs: {
    source: object(sourceKeys),
    alternative,
    mapping,
    templates: oneOrMany(text(2000), 8),
  },
};
