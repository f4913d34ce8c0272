/**
 * What the keys of a document mean, by the block that they stand in: the descriptions of the schema, and so the words of
 * docs/partner-grammar.md. Defaults stand at the end.
 */
export const MEANINGS = {
  partner: {
    id: 'Name in URLs, queues and logs; never changes.',
    name: 'For people. Default: the id.',
    preset: 'A preset that this document is a JSON merge patch (RFC 7396) over.',
    notes: 'For people.',
    enabled: 'Whether requests are taken. Default: true.',
    signature: 'How a request proves itself: one way, or alternatives in order, of which one is enough.',
    secrets: 'Shared secrets and public keys. Every live one is tried.',
    allowIps: 'Networks or addresses that requests must come from, whatever the signature.',
    publicUrl:
      'The URL that the sender was given, where a proxy hides it; the query of each request is added.',
    body: 'How bodies are read.',
    dedupe:
      "Which requests are the same event: a source (the sender's id), `fields`, or `digest`. Default: `{digest: body}`, which is also the answer where a part is missing.",
    replay: 'What is done about a request that was seen before.',
    mapping: 'How a body becomes shipment events.',
    mappings: 'In the place of `mapping`: one for each version of the format, by its name.',
    schemaVersion:
      'Where a body says its version, and which are taken. Others are kept and end as dead letters.',
    priority: 'Which events go first, by canonical status: 1 is first, 10 last.',
    ack: 'What an accepted request is answered. Default: 202 with the id of the event.',
    handshake: 'What a probe of the URL is answered, before the sender sends.',
    limits: 'How much is taken.',
    routing:
      'Whether the routing service is asked about events that would become the state of their shipment. `true`, `false`, or only some statuses. Default: `true`, where the deployment has such a service.',
    queue: 'How the work on the events is done.',
  },
  signature: {
    name: 'For `secrets[].use` and verdicts. Default: the type and its place in the list.',
    type: 'The scheme. `token`: the value is the secret; `basic`: user and password; `none` needs `allowIps`.',
    from: 'Source of the signature or signatures. `basic` and `jwt`: the `Authorization` header unless said otherwise.',
    timestamp: 'The time of the request. Without this block no time is checked.',
    id: "Source of the sender's message id.",
    each: 'Pointer to a list of 1 to 200 items, _every_ one of which must verify, with `item` sources and tokens.',
    key: 'How the texts of secrets become keys, and where published keys are.',
    algorithm: 'The digest. `md5` only where a sender has nothing better. Default: `sha256`.',
    encoding: 'How the signature is written. Default: `hex`; of public-key types `base64`.',
    signed:
      'Templates of the signed string, any of which may match. Default: `{body}`; type `hash` must have `{secret}` in it.',
    bodyDigest: 'A digest of the body that the signature covers in its place.',
    padding: 'Default: `pkcs1`.',
    dsaEncoding: 'Default: `der`.',
    algorithms: 'Accepted `alg`. HS and others do not mix. Default: `[HS256]`.',
    claims: 'Claims that must have these values; `exp` and `nbf` are checked with 60 s leeway in any case.',
  },
  timestamp: {
    from: 'Source of the time.',
    format: '`unix`, `unix_ms`, `iso8601` or a pattern. Default: `unix`.',
    toleranceSeconds:
      'How far it may be from now, either way, limit included. Default: `SIGNATURE_TOLERANCE_SECONDS`.',
  },
  key: {
    encoding: 'How the text of a secret is read. Default: `utf8`.',
    strip: 'A beginning that is cut off where it is there, as `whsec_`.',
    otherwise: 'The encoding of secrets that do not begin with `strip`. Default: `encoding`.',
    normalize: 'Unicode form that the text is brought to first.',
    id: 'Source of the name of the key: only secrets with that `keyId` are tried.',
    jwks: 'An https URL with public keys, chosen by `kid`; kept for 10 minutes, asked again at most once a minute.',
  },
  bodyDigest: {
    from: 'Source of the digest, in a place that `signed` covers, or a claim of the token.',
    algorithm: 'Default: `sha256`.',
    encoding: 'Default: `hex`.',
  },
  source: {
    header: 'A header, in any case.',
    query: 'A parameter of the URL.',
    body: 'Pointer into the body.',
    item: 'Pointer into the current item of `each`; without `each`, into the body.',
    claim: 'A claim of the token (type `jwt`).',
    split: 'Text between several values in one; each loses its outer blanks. At most 32.',
    prefix: 'A value must begin with one of these, which is cut off; `""` in the list allows a bare value.',
    suffix: 'A value must end with this, which is cut off.',
  },
  secrets: {
    value: 'A shared secret or a _public_ key, or `env:NAME` or `file:PATH` for where it is.',
    id: 'For lists and the log.',
    keyId: 'The name that requests know it by, see `signature.key.id`.',
    use: 'Name of the alternative that it is for; needed where shared secrets and public keys meet.',
    activeFrom: 'Not tried before.',
    retireAt: 'Not tried from then on.',
  },
  body: {
    format: '`auto`: form by its content type, JSON otherwise. Default: `auto`.',
    unwrap: 'Pointers to texts that hold JSON: read in their place, for all but the signature.',
    contentTypes: 'Media types that are taken beside those of the format.',
  },
  dedupe: {
    fields: 'Pointers or templates that together are the key.',
    onConflict:
      '`keep`: the same fields with another body are a further event; `drop`: a duplicate. Default: `keep`.',
    digest: 'The digest of the whole body.',
  },
  replay: {
    policy: '`acknowledge`: the first answer again, without effect; `reject`: 409. Default: `acknowledge`.',
    windowSeconds: 'How long it is remembered. Default: twice the tolerance; 86400 where no time is signed.',
  },
  mapping: {
    events:
      'A JSONata expression that gives an object, a list of objects or nothing, with the fields of `event`.',
    each: 'Pointer to a list, or to one object as a list of one. Default: the body.',
    where: 'Pointers or templates with the texts that they may have, `"*"` for any; other items are skipped.',
    event: 'The fields of an event.',
    status:
      "The partner's words and what they mean. Words that are not here are `unknown` and reported as `unmapped`.",
    time: 'How times are read.',
  },
  event: {
    trackingNumber: 'Required. An item without one ends as a dead letter; the others are applied.',
    status: 'One word or several, the most specific first: the first one in the table counts.',
    occurredAt:
      'When it happened. Without one, or with one that is not clear, the time of receipt orders it.',
    eventKey:
      "The sender's id of this happening: the same id is the same event. Default: the fields as sent.",
    orderId: 'Text.',
    shipmentId: 'Text.',
    location: 'Text.',
    description: 'Text.',
    attributes: 'Anything, kept with the event.',
    zone: 'Zone of the time, before `time.zone`.',
    test: '`true`, `1` or `test`: kept, never applied.',
    live: '`false` or `0`: kept, never applied.',
    correction: '`true` or `1`: may change a terminal state.',
  },
  time: {
    zone: 'Name of a zone (`Asia/Kolkata`) or an offset (`+05:30`), for times without an offset.',
    formats: '`iso8601`, `unix`, `unix_ms` or patterns, tried in order before the usual forms.',
    trustOffset: '`false`: the offset in the text is wrong, and the zone counts. Default: true.',
  },
  schemaVersion: {
    from: 'Source of the version.',
    default: 'What a body is that names none. Default: `"1"`.',
    accept: 'Versions that are mapped. Default: those of `mappings`, or `default` alone.',
  },
  priority: {
    default: 'Default: 5.',
    from: "Field that gives the word to look up before mapping. Default: the first item's `status`.",
  },
  ack: {
    status: 'Default: 202.',
    body: "Sent in the place of the gateway's own.",
    contentType: 'Of that body.',
  },
  handshake: {
    method: 'The only one there is.',
    echo: 'Parameter whose value is the answer.',
    status: 'Default: 200.',
  },
  limits: {
    perSecond: 'Requests per second; 0 is no limit. Default: that of the deployment.',
    burst: 'Requests at once. Default: twice `perSecond`.',
    bodyBytes: 'Largest body. Default: that of the deployment.',
  },
  routing: {
    statuses: 'The canonical statuses that it is asked about; others are applied without it.',
  },
  queue: {
    concurrency:
      'At a time in one process: with the routing step, events; without, batches of at most 100 events, 8 at most. Default: that of the deployment.',
    timeoutMs: 'Longest attempt. Default: that of the deployment.',
    attempts: 'Before it is a dead letter. Default: that of the deployment.',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

export type Block = keyof typeof MEANINGS;

type Schema = Readonly<Record<string, unknown>>;

/** The properties of a block with their meanings as descriptions. */
export function described(block: Block, properties: Schema): Schema {
  const meanings: Readonly<Record<string, string>> = MEANINGS[block];
  return Object.fromEntries(
    Object.entries(properties).map(([key, schema]) => {
      const description = meanings[key];
      const isPlain = typeof schema === 'object' && description !== undefined;
      return [key, isPlain ? { ...schema, description } : schema];
    }),
  );
}
