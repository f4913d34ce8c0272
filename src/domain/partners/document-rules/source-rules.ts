import { isObject, type JsonObject } from '../body/json-value';
import { HEADER_NAME } from '../template/template';
import { SOURCE_PLACES } from '../template/source-spec';
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

/** Every source of a document but that of `dedupe`, which has other forms beside. */
function sourcesOf(document: JsonObject): readonly Placed<JsonObject>[] {
  const root = rootOf(document);
  const version = objectAt(root, 'schemaVersion');
  const holders = [
    ...alternativesOf(document).flatMap((alternative) => [
      objectAt(alternative, 'from'),
      objectAt(alternative, 'id'),
      timestampSource(alternative),
      keySource(alternative),
    ]),
    version && objectAt(version, 'from'),
  ];
  return holders.filter((source) => source !== undefined);
}

const timestampSource = (alternative: Placed<JsonObject>): Placed<JsonObject> | undefined => {
  const timestamp = objectAt(alternative, 'timestamp');
  return timestamp && objectAt(timestamp, 'from');
};

const keySource = (alternative: Placed<JsonObject>): Placed<JsonObject> | undefined => {
  const key = objectAt(alternative, 'key');
  return key && objectAt(key, 'id');
};

export function checkSourceNames(source: Placed<JsonObject>, report: Report): void {
  for (const { path, value } of textsAt(source, 'header')) {
    if (!HEADER_NAME.test(value)) report(path, 'must be the name of a header');
  }
  for (const place of ['body', 'item']) {
    for (const pointer of textsAt(source, place)) checkPointer(pointer, report);
  }
}

const checkOnePlace = ({ path, value }: Placed<JsonObject>, report: Report): void => {
  const named = SOURCE_PLACES.filter((place) => place in value);
  if (named.length !== 1) report(path, `must name exactly one of ${SOURCE_PLACES.join(', ')}`);
};

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
