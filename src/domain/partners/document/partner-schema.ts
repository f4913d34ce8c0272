import { SHIPMENT_STATUSES } from '#domain/shipments/shipment-status';
import { BODY_FORMATS } from '../body/body-format';
import { LONGEST_SOURCE } from '../mapping/jsonata/source';
import { EVENT_FIELDS } from '../mapping/mapping-spec';
import { BYTE_ENCODINGS, KEY_ENCODINGS, NORMAL_FORMS } from '../signature/key-material';
import { type SignatureType } from '../signature/signature-type';
import { SIGNATURE_TYPES } from '../signature/signature-types';
import { DIGEST_ENCODINGS } from '../signature/text-comparison';
import { described } from './meanings';
import {
  ANYTHING,
  block,
  choice,
  list,
  object,
  oneOrMany,
  ref,
  type Schema,
  text,
  whole,
} from './schema-parts';
import { PUBLIC_KEY_ALGORITHMS } from './signature-spec';

const sourceKeys = described('source', {
  header: oneOrMany(text(200), 8),
  query: oneOrMany(text(200), 8),
  body: oneOrMany({ type: 'string', maxLength: 500 }, 8),
  item: oneOrMany({ type: 'string', maxLength: 500 }, 8),
  split: text(8),
  prefix: oneOrMany({ type: 'string', maxLength: 100 }, 8),
  suffix: text(100),
});

const alternativeKeys = described('signature', {
  name: { type: 'string', pattern: '^[A-Za-z0-9_.-]{1,40}$', expected: '1 to 40 letters, digits or _ . -' },
  type: { enum: [...SIGNATURE_TYPES.keys()] },
  from: ref('source'),
  timestamp: block(
    'timestamp',
    { from: ref('signatureSource'), format: text(64), toleranceSeconds: whole(1, 900) },
    ['from'],
  ),
  id: ref('signatureSource'),
  each: { type: 'string', maxLength: 500 },
  key: block('key', {
    encoding: choice(...KEY_ENCODINGS),
    strip: text(40),
    otherwise: choice(...BYTE_ENCODINGS),
    normalize: choice(...NORMAL_FORMS),
    id: ref('signatureSource'),
    jwks: text(500),
  }),
});

/** Keys of every type that this one has, too; what they hold is looked at once, for all types. */
const knownTo = ({ without = [] }: SignatureType): Schema => {
  const missing = new Set<string>(without);
  const names = Object.keys(alternativeKeys).filter((key) => !missing.has(key));
  return Object.fromEntries(names.map((key) => [key, true]));
};

/** Keys of one type are only looked at when that is the type, so an unknown one gives one fault, not ten. */
const alternative: Schema = {
  type: 'object',
  properties: alternativeKeys,
  required: ['type'],
  allOf: [...SIGNATURE_TYPES].map(([name, type]) => ({
    if: { type: 'object', properties: { type: { const: name } }, required: ['type'] },
    then: {
      type: 'object',
      properties: { ...knownTo(type), ...described('signature', type.properties) },
      required: type.usualFrom === undefined ? ['from'] : [],
      additionalProperties: false,
    },
  })),
};

const scalar: Schema = { type: ['string', 'number', 'boolean'] };

const mapping = block('mapping', {
  events: text(LONGEST_SOURCE),
  each: { type: 'string', maxLength: 500 },
  where: { type: 'object', maxProperties: 16, additionalProperties: oneOrMany(scalar, 100) },
  event: block('event', Object.fromEntries(EVENT_FIELDS.map((field) => [field, ANYTHING])), [
    'trackingNumber',
  ]),
  status: {
    type: 'object',
    maxProperties: 1000,
    additionalProperties: {
      enum: [...SHIPMENT_STATUSES, 'none', null],
      expected: `one of ${SHIPMENT_STATUSES.join(', ')}, or null (in a merge patch: none) for a word without a status`,
    },
  },
  time: block('time', { zone: text(64), formats: list(text(64), 16), trustOffset: { type: 'boolean' } }),
});

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const QUOTED = '"(?:[ !#-\\[\\]-~]|\\\\[ -~])*"';
/** As in RFC 9110, section 8.3.1, but blanks are spaces, and a parameter is never empty. */
const MEDIA_TYPE = `^${TOKEN}/${TOKEN}(?: *; *${TOKEN}=(?:${TOKEN}|${QUOTED}))*$`;

const ROUTING_EXPECTED = 'true, false, or an object with `statuses`';

const moment: Schema = { type: 'string', format: 'date-time' };

const secret = block(
  'secrets',
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
  ...block(
    'partner',
    {
      id: {
        type: 'string',
        pattern: '^[a-z0-9-]{2,40}$',
        expected: '2 to 40 of a-z, 0-9 and -',
      },
      name: text(200),
      // Already laid beneath the document when this is checked; named here so that messages list it.
      preset: { expected: 'the name of a preset' },
      notes: { type: 'string', maxLength: 10_000 },
      enabled: { type: 'boolean' },
      signature: oneOrMany(ref('alternative'), 8),
      secrets: { type: 'array', maxItems: 10, items: secret },
      allowIps: list(text(64), 1000),
      publicUrl: text(500),
      body: block('body', {
        format: choice(...BODY_FORMATS),
        unwrap: list({ type: 'string', maxLength: 500 }, 16),
        contentTypes: list(
          { type: 'string', pattern: '^[a-z0-9.+-]+/[a-z0-9.+-]+$', expected: 'a media type in lower case' },
          8,
        ),
      }),
      dedupe: block('dedupe', {
        ...sourceKeys,
        fields: list(text(500), 16),
        onConflict: choice('keep', 'drop'),
        digest: { const: 'body' },
      }),
      replay: block('replay', {
        policy: choice('acknowledge', 'reject'),
        windowSeconds: whole(1, 2_592_000),
      }),
      mapping: ref('mapping'),
      mappings: { type: 'object', minProperties: 1, maxProperties: 20, additionalProperties: ref('mapping') },
      schemaVersion: block('schemaVersion', {
        from: ref('source'),
        default: text(100),
        accept: list(text(100), 20),
      }),
      priority: block('priority', { ...priorities, from: ANYTHING }),
      ack: block('ack', {
        status: whole(200, 299),
        body: { type: 'string', maxLength: 4096 },
        contentType: {
          type: 'string',
          maxLength: 100,
          pattern: MEDIA_TYPE,
          expected: 'a media type of at most 100 characters, such as text/plain; charset=utf-8',
        },
      }),
      handshake: block('handshake', { method: { const: 'GET' }, echo: text(200), status: whole(200, 299) }),
      limits: block('limits', {
        perSecond: {
          type: 'number',
          minimum: 0,
          maximum: 1_000_000,
          // A lower one would fill a bucket in thousands of years.
          not: { exclusiveMinimum: 0, exclusiveMaximum: 0.001 },
          expected: '0 for no limit, or a number from 0.001 to 1000000',
        },
        burst: whole(1, 1_000_000),
        bodyBytes: whole(1, 4_194_304),
      }),
      routing: {
        expected: ROUTING_EXPECTED,
        if: { type: 'object' },
        then: block('routing', { statuses: list(choice(...SHIPMENT_STATUSES), SHIPMENT_STATUSES.length) }, [
          'statuses',
        ]),
        else: { type: 'boolean', expected: ROUTING_EXPECTED },
      },
      queue: block('queue', {
        concurrency: whole(1, 1000),
        timeoutMs: whole(100, 3_600_000),
        attempts: whole(1, 20),
      }),
    },
    ['id', 'signature'],
  ),
  $defs: {
    source: object(sourceKeys),
    signatureSource: object({
      ...sourceKeys,
      ...described('source', { claim: oneOrMany(text(200), 8) }),
    }),
    bodyDigest: block(
      'bodyDigest',
      {
        from: ref('signatureSource'),
        algorithm: choice(...PUBLIC_KEY_ALGORITHMS),
        encoding: choice(...DIGEST_ENCODINGS),
      },
      ['from'],
    ),
    alternative,
    mapping,
    templates: oneOrMany(text(2000), 8),
  },
};
