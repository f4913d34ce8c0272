import { isObject, type JsonObject } from '../body/json-value';
import { pointerOf } from '../template/pointer';
import { normaliseWord } from '../mapping/status-table';
import { parseSource, SourceError, sourceFault } from '../mapping/jsonata/source';
import { checkField, checkReference } from './field-rules';
import { checkTime } from './time-rules';
import { checkPointer, objectAt, type Placed, type Report, rootOf, type Rule, textsAt } from './rule';

/** Every mapping of a document with the place where it stands. */
export function placedMappings(document: JsonObject): readonly Placed<JsonObject>[] {
  const root = rootOf(document);
  const single = objectAt(root, 'mapping');
  const byVersion = objectAt(root, 'mappings');
  const versions = Object.entries(byVersion?.value ?? {}).flatMap(([version, value]) =>
    isObject(value) ? { path: `/mappings${pointerOf(version)}`, value } : [],
  );
  return single === undefined ? versions : [single, ...versions];
}

/** `none` says the same as `null`. */
const meaningOf = (target: unknown): unknown => (target === null ? 'none' : target);

function checkStatusTable(mapping: Placed<JsonObject>, report: Report): void {
  const table = objectAt(mapping, 'status');
  const seen = new Map<string, { readonly word: string; readonly target: unknown }>();
  for (const [word, value] of Object.entries(table?.value ?? {})) {
    const spelling = normaliseWord(word);
    const at = `${mapping.path}/status${pointerOf(word)}`;
    const target = meaningOf(value);
    const other = seen.get(spelling);
    if (spelling === '') report(at, 'must have a word to translate');
    if (other !== undefined && other.target !== target) {
      report(at, `must have the target of "${other.word}", which is the same word in another spelling`);
    }
    seen.set(spelling, { word, target });
  }
}

function checkFields(mapping: Placed<JsonObject>, report: Report): void {
  const event = objectAt(mapping, 'event');
  for (const [name, value] of Object.entries(event?.value ?? {})) {
    checkField({ path: `${mapping.path}/event${pointerOf(name)}`, value }, report);
  }
  const where = objectAt(mapping, 'where');
  for (const key of Object.keys(where?.value ?? {})) {
    checkReference({ path: `${mapping.path}/where${pointerOf(key)}`, value: key }, report);
  }
  textsAt(mapping, 'each').forEach((each) => checkPointer(each, report));
}

const ONLY_WITH_EVENT = ['each', 'where'];

/** Either form, and nothing of the other one. */
function checkForm({ path, value }: Placed<JsonObject>, report: Report): void {
  const [byPointers, byExpression] = ['event' in value, 'events' in value];
  if (!byPointers && !byExpression)
    report(`${path}/event`, 'is required: pointers and templates, or "events" with a JSONata expression');
  if (byPointers && byExpression) report(`${path}/events`, 'must not stand beside "event": give one of both');
  for (const name of ONLY_WITH_EVENT.filter((key) => 'events' in value && key in value)) {
    report(
      `${path}/${name}`,
      'must not stand beside "events": the expression itself says which items it takes',
    );
  }
}

function checkExpression(mapping: Placed<JsonObject>, report: Report): void {
  const { events } = mapping.value;
  if (typeof events !== 'string') return;
  const path = `${mapping.path}/events`;
  try {
    const fault = sourceFault(parseSource(events));
    if (fault !== undefined) report(path, fault);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    report(path, error.message);
  }
}

export const mappingRule: Rule = (document, report) => {
  for (const mapping of placedMappings(document)) {
    checkForm(mapping, report);
    checkExpression(mapping, report);
    checkFields(mapping, report);
    checkStatusTable(mapping, report);
    checkTime(mapping, report);
  }
};

/** Which of the mappings reads which version. */
export const versionRule: Rule = (document, report) => {
  const { mapping, mappings } = document;
  if (mapping !== undefined && mappings !== undefined) {
    report('/mappings', 'must not stand beside "mapping": give one of both');
    return;
  }
  const version = objectAt(rootOf(document), 'schemaVersion');
  const usual = version === undefined ? undefined : version.value['default'];
  const accept = version === undefined ? [] : textsAt(version, 'accept');
  const mapped = isObject(mappings) ? Object.keys(mappings) : undefined;
  for (const { path, value } of accept) {
    if (mapped !== undefined && !mapped.includes(value))
      report(path, `must be one of ${mapped.join(', ')}, for others have no mapping`);
  }
  const readable = accept.length > 0 ? accept.map(({ value }) => value) : mapped;
  const named = typeof usual === 'string' ? usual : '1';
  if (readable !== undefined && !readable.includes(named)) {
    report(
      '/schemaVersion/default',
      `must be one of ${readable.join(', ')}: bodies that name no version are taken for it`,
    );
  }
};

export const priorityRule: Rule = (document, report) => {
  const priority = objectAt(rootOf(document), 'priority');
  if (priority === undefined || !('from' in priority.value)) return;
  checkField({ path: '/priority/from', value: priority.value['from'] }, report);
};
