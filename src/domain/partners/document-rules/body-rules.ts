import { isObject, type JsonObject, listOf } from '../body/json-value';
import { keptNamesOf } from '../rules/kept-names';
import { checkReference } from './field-rules';
import { alternativesOf, checkPointer, objectAt, rootOf, type Rule, textsAt } from './rule';

export const unwrapRule: Rule = (document, report) => {
  const body = objectAt(rootOf(document), 'body');
  if (body !== undefined) textsAt(body, 'unwrap').forEach((pointer) => checkPointer(pointer, report));
};

export const dedupeFieldsRule: Rule = (document, report) => {
  const dedupe = objectAt(rootOf(document), 'dedupe');
  if (dedupe !== undefined) textsAt(dedupe, 'fields').forEach((field) => checkReference(field, report));
};

const ALWAYS_SECRET = ['authorization', 'proxy-authorization', 'cookie'];

const signatureNames = (document: JsonObject, place: string): readonly string[] =>
  alternativesOf(document).flatMap(({ value: { from } }) => {
    const names = isObject(from) ? listOf<unknown>(from[place]) : [];
    return names.flatMap((name) => (typeof name === 'string' ? name : []));
  });

const READING_SECTIONS = ['mapping', 'mappings', 'dedupe', 'schemaVersion', 'priority'];

/** What rules read of a request is kept with it, and a signature or a token must never be kept. */
export const keptPartsRule: Rule = (document, report) => {
  const headers = [...ALWAYS_SECRET, ...signatureNames(document, 'header').map((name) => name.toLowerCase())];
  const parameters = signatureNames(document, 'query');
  for (const section of READING_SECTIONS) {
    const kept = keptNamesOf({ [section]: document[section] });
    for (const name of kept.headers.filter((header) => headers.includes(header))) {
      report(`/${section}`, `must not read the header "${name}": it proves the sender and would be stored`);
    }
    for (const name of kept.query.filter((parameter) => parameters.includes(parameter))) {
      report(
        `/${section}`,
        `must not read the parameter "${name}": it proves the sender and would be stored`,
      );
    }
  }
};

/** The memory of what was seen must be longer than a request stays acceptable. */
export const replayRule: Rule = (document, report) => {
  const replay = objectAt(rootOf(document), 'replay');
  const window = replay?.value['windowSeconds'];
  if (typeof window !== 'number') return;
  const tolerances = alternativesOf(document).map(
    (alternative) => objectAt(alternative, 'timestamp')?.value['toleranceSeconds'],
  );
  const longest = Math.max(0, ...tolerances.filter((seconds) => typeof seconds === 'number'));
  if (window < 2 * longest) {
    report('/replay/windowSeconds', `must be at least ${2 * longest}, twice the longest toleranceSeconds`);
  }
};
