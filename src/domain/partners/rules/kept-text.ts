import { type KeptRequest, type ParsedBody } from '../compiled-partner';
import { listOf } from '../body/json-value';
import { scalarText } from '../mapping/mapping-scope';
import { type RequestScope } from '../mapping/mapping-form';
import { compileElements } from '../template/elements';
import { parsePointer, valueAt } from '../template/pointer';
import { SOURCE_PLACES, type SourcePlace, type SourceSpec } from '../template/source-spec';

/** A body that cannot be read is like one that has nothing in it. */
export const scopeOf = ({ headers, query }: KeptRequest, parsed: ParsedBody): RequestScope => ({
  headers,
  query,
  body: parsed.ok ? parsed.value : undefined,
});

/** Reads one text of what is kept of a request; `undefined` where it is missing or not one. */
export type KeptTextReader = (scope: RequestScope) => string | undefined;

function placeReader(place: SourcePlace, name: string): KeptTextReader {
  const pointer = parsePointer(name) ?? [];
  const header = name.toLowerCase();
  const readers: Readonly<Record<SourcePlace, KeptTextReader>> = {
    header: ({ headers }) => (Object.hasOwn(headers, header) ? headers[header] : undefined),
    query: ({ query }) => (Object.hasOwn(query, name) ? query[name] : undefined),
    body: ({ body }) => scalarText(valueAt(body, pointer)),
    item: ({ body }) => scalarText(valueAt(body, pointer)),
  };
  return readers[place];
}

export function compileKeptText(spec: SourceSpec): KeptTextReader {
  const readers = SOURCE_PLACES.flatMap((place) =>
    listOf(spec[place]).map((name) => placeReader(place, name)),
  );
  const elementsOf = compileElements(spec);
  return (scope) => {
    for (const read of readers) {
      const value = read(scope);
      if (value === undefined || value === '') continue;
      const elements = elementsOf(value) ?? [];
      return elements.length === 1 ? elements[0] : undefined;
    }
    return undefined;
  };
}
