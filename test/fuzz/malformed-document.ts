import fc from 'fast-check';

type Json = unknown;
type Path = readonly (string | number)[];

/** Every place of a document, the document itself included. */
function placesOf(value: Json, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const members = Array.isArray(value) ? value.entries() : Object.entries(value);
  return [path, ...[...members].flatMap(([name, member]) => placesOf(member, [...path, name]))];
}

type Change =
  { readonly kind: 'put' | 'add'; readonly value: Json; readonly name: string } | { readonly kind: 'cut' };

function changed(value: Json, path: Path, change: Change): Json {
  const [step, ...rest] = path;
  if (step === undefined) return applied(value, change);
  if (Array.isArray(value)) {
    const items = value.map((item: Json, at) => (at === step ? changed(item, rest, change) : item));
    return change.kind === 'cut' && rest.length === 0 ? items.filter((_, at) => at !== step) : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([name, member]) => {
    if (name !== step) return [[name, member] as const];
    return change.kind === 'cut' && rest.length === 0 ? [] : [[name, changed(member, rest, change)] as const];
  });
  return Object.fromEntries(entries);
}

function applied(value: Json, change: Change): Json {
  if (change.kind === 'cut') return null;
  if (change.kind === 'put') return change.value;
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { ...value, [change.name]: change.value }
    : [value, change.value];
}

const deep = (depth: number): Json => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`) as Json;

/** What stands where something else was expected. */
const junk: fc.Arbitrary<Json> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom<Json>(
    '',
    ' ',
    '/',
    '/a/-99999999999999999999',
    '{',
    '{body:/a',
    '{{{body}}}',
    '{timestamp}{id}{secret}{item:/x}{nothing}',
    'yyyy-MM-dd yyyy',
    '(((((((((a+)+)+)+)+)+)+)+)+$',
    '10.0.0.0/0',
    '::/-1',
    '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----',
    'env:',
    'env:PATH',
    'file:/proc/self/environ',
    'https://127.0.0.1/keys',
    'Europe/Nowhere',
    '$eval("1")',
    '($f := function($x) { $f($x) }; $f(1))',
    '[1..10000000]',
    `${'('.repeat(2000)}1${')'.repeat(2000)}`,
    'x'.repeat(100_000),
    -1,
    1e308,
    0.1,
    true,
    null,
    [],
    {},
    deep(500),
    Array.from({ length: 2000 }, (_, at) => at),
  ),
);

const NAMES = [
  'signature',
  'type',
  'from',
  'header',
  'signed',
  'each',
  'event',
  'events',
  'status',
  '__proto__',
  'x',
  'constructor',
];

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('put' as const, 'add' as const),
    value: junk,
    name: fc.constantFrom(...NAMES),
  }),
  fc.constant({ kind: 'cut' as const }),
);

/** Documents that were right, changed in one to four places. */
export const malformedDocument = (right: readonly Json[]): fc.Arbitrary<Json> =>
  fc
    .tuple(
      fc.constantFrom(...right),
      fc.array(fc.tuple(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), change), {
        minLength: 1,
        maxLength: 4,
      }),
    )
    .map(([document, changes]) =>
      changes.reduce<Json>((worse, [part, how]) => {
        const places = placesOf(worse);
        return changed(worse, places[Math.floor(part * places.length)] ?? [], how);
      }, document),
    );
