import { isObject, type JsonObject } from '../body/json-value';
import { HEADER_NAME } from '../template/template';
import { SIGNATURE_PLACES, SOURCE_PLACES } from '../template/source-spec';
import {
  alternativesOf,
  checkPointer,
  objectAt,
  type Placed,
  type Report,
  rootOf,
  type Rule,
  textsAt,
} from './rule';

interface PlacedSource extends Placed<JsonObject> {
  /** Where its text may be. */
  readonly places: readonly string[];
  /** Set where the schema knows the place, but not this signature. */
  readonly lacksClaims?: boolean;
}

const sourceIn = (holder: Placed<JsonObject> | undefined, name: string): Placed<JsonObject> | undefined =>
  holder && objectAt(holder, name);

/** Claims are there for whoever signs with a token, except for the token itself. */
function signatureSources(alternative: Placed<JsonObject>): readonly PlacedSource[] {
  const lacksClaims = alternative.value['type'] !== 'jwt';
  const places = lacksClaims ? SOURCE_PLACES : SIGNATURE_PLACES;
  const from = objectAt(alternative, 'from');
  const others = [
    objectAt(alternative, 'id'),
    ...['timestamp', 'bodyDigest'].map((block) => sourceIn(objectAt(alternative, block), 'from')),
    sourceIn(objectAt(alternative, 'key'), 'id'),
  ].filter((source) => source !== undefined);
  return [
    ...(from === undefined ? [] : [{ ...from, places: SOURCE_PLACES }]),
    ...others.map((source) => ({ ...source, places, lacksClaims })),
  ];
}

/** Every source of a document but that of `dedupe`, which has other forms beside. */
function sourcesOf(document: JsonObject): readonly PlacedSource[] {
  const version = sourceIn(objectAt(rootOf(document), 'schemaVersion'), 'from');
  return [
    ...alternativesOf(document).flatMap(signatureSources),
    ...(version === undefined ? [] : [{ ...version, places: SOURCE_PLACES }]),
  ];
}

export function checkSourceNames(source: Placed<JsonObject>, report: Report): void {
  for (const { path, value } of textsAt(source, 'header')) {
    if (!HEADER_NAME.test(value)) report(path, 'must be the name of a header');
  }
  for (const place of ['body', 'item']) {
    for (const pointer of textsAt(source, place)) checkPointer(pointer, report);
  }
}

function checkOnePlace({ path, value, places, lacksClaims }: PlacedSource, report: Report): void {
  if (lacksClaims === true && 'claim' in value) {
    report(`${path}/claim`, 'is for type jwt: only a token has claims');
    return;
  }
  const named = places.filter((place) => place in value);
  if (named.length !== 1) report(path, `must name exactly one of ${places.join(', ')}`);
}

export const sourceRule: Rule = (document, report) => {
  for (const source of sourcesOf(document)) {
    checkOnePlace(source, report);
    checkSourceNames(source, report);
  }
};

const FORMS = [...SOURCE_PLACES, 'fields', 'digest'];
const ONLY_WITH_A_SOURCE = ['split', 'prefix', 'suffix'];

export const dedupeRule: Rule = ({ dedupe }, report) => {
  if (!isObject(dedupe)) return;
  const source = { path: '/dedupe', value: dedupe };
  const forms = FORMS.filter((form) => form in dedupe);
  if (forms.length !== 1) report(source.path, `must have exactly one of ${FORMS.join(', ')}`);
  if ('onConflict' in dedupe && !('fields' in dedupe))
    report('/dedupe/onConflict', 'needs "fields" beside it');
  for (const key of ONLY_WITH_A_SOURCE) {
    if (key in dedupe && !SOURCE_PLACES.some((place) => place in dedupe)) {
      report(`/dedupe/${key}`, `needs one of ${SOURCE_PLACES.join(', ')} beside it`);
    }
  }
  checkSourceNames(source, report);
};
