import { isList, isObject, type JsonObject, listOf } from '../body/json-value';
import { type PartnerDocument } from '../document/partner-document';
import { namedPartsOf, parseSource } from '../mapping/jsonata/source';
import { parseTemplate, type Token, tokensOf } from '../template/template';

/** Names of headers (lower case) and parameters that a partner's rules read after the answer. */
export interface KeptNames {
  readonly headers: readonly string[];
  readonly query: readonly string[];
}

const NO_NAMES: KeptNames = { headers: [], query: [] };

function tokensIn(text: string): readonly Token[] {
  if (text.startsWith('/')) return [];
  try {
    return tokensOf(parseTemplate(text));
  } catch {
    // A document that is still being checked: its fault is reported where it stands.
    return [];
  }
}

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return isList(value) ? value.flatMap(textsIn) : [];
};

const texts = (value: unknown): readonly string[] => textsIn(listOf(value));

const templatesOfMapping = (mapping: unknown): readonly string[] => {
  if (!isObject(mapping)) return [];
  const { event, where } = mapping;
  return [
    ...(isObject(event) ? Object.values(event).flatMap(texts) : []),
    ...(isObject(where) ? Object.keys(where) : []),
  ];
};

const mappingsOf = ({ mapping, mappings }: JsonObject): readonly unknown[] =>
  isObject(mappings) ? [mapping, ...Object.values(mappings)] : [mapping];

const member = (value: unknown, name: string): unknown => (isObject(value) ? value[name] : undefined);

function namesInExpression(events: unknown): KeptNames {
  try {
    return typeof events === 'string' ? namedPartsOf(parseSource(events)) : NO_NAMES;
  } catch {
    // Likewise reported where it stands.
    return NO_NAMES;
  }
}

const unique = (...lists: readonly (readonly string[])[]): readonly string[] => [...new Set(lists.flat())];

/** Takes documents that were not checked yet, too. */
export function keptNamesOf(document: JsonObject | PartnerDocument): KeptNames {
  const loose: JsonObject = { ...document };
  const { dedupe, schemaVersion, priority } = loose;
  const sources = [dedupe, member(schemaVersion, 'from')];
  const templates = [
    ...mappingsOf(loose).flatMap(templatesOfMapping),
    ...texts(member(dedupe, 'fields')),
    ...texts(member(priority, 'from')),
  ];
  const tokens = templates.flatMap(tokensIn);
  const expressions = mappingsOf(loose).map((mapping) => namesInExpression(member(mapping, 'events')));
  const headers = tokens.flatMap((token) => (token.kind === 'header' ? token.name : []));
  const parameters = tokens.flatMap((token) => (token.kind === 'parameter' ? token.name : []));
  const named = (place: string): readonly string[] =>
    sources.flatMap((source) => texts(member(source, place)));
  return {
    headers: unique(
      headers,
      named('header').map((name) => name.toLowerCase()),
      ...expressions.map((names) => names.headers),
    ),
    query: unique(parameters, named('query'), ...expressions.map((names) => names.query)),
  };
}
