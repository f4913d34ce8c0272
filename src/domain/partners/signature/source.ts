import { listOf } from '../body/json-value';
import { compileElements } from '../template/elements';
import { parsePointer } from '../template/pointer';
import { SIGNATURE_PLACES, type SignaturePlace, type SignatureSourceSpec } from '../template/source-spec';
import { AMBIGUOUS_VALUE, type Reading, TOO_MANY_VALUES, Unreadable } from './reading';
import { type Scope } from './scope';
import { type SignedValue } from './signed-value';

export interface SourceReader {
  /** Every value that is meant; never an empty list. */
  all(scope: Scope): Reading<readonly string[]>;
  /** The value, where there must be one only. */
  one(scope: Scope): Reading;
}

type PlaceReader = (scope: Scope) => Reading;

const scalarOf = (value: Reading<SignedValue>): Reading => {
  if (value === undefined || value instanceof Unreadable) return value;
  const text = value.scalar();
  return text === '' ? undefined : text;
};

function placeReader(place: SignaturePlace, name: string, joint: string | undefined): PlaceReader {
  const lowerCase = name.toLowerCase();
  const pointer = parsePointer(name) ?? [];
  const readers: Readonly<Record<SignaturePlace, PlaceReader>> = {
    header: ({ view }) => view.header(lowerCase, joint),
    query: ({ view }) => view.parameter(name, joint),
    body: (scope) => scalarOf(scope.fromBody(pointer)),
    item: (scope) => scalarOf(scope.fromItem(pointer)),
    claim: (scope) => scope.claim(name),
  };
  return readers[place];
}

function firstPresent(readers: readonly PlaceReader[]): PlaceReader {
  const [only] = readers;
  if (only !== undefined && readers.length === 1) return only;
  return (scope) => {
    for (const read of readers) {
      const value = read(scope);
      if (value !== undefined) return value;
    }
    return undefined;
  };
}

export function compileSource(spec: SignatureSourceSpec): SourceReader {
  const read = firstPresent(
    SIGNATURE_PLACES.flatMap((place) =>
      listOf(spec[place]).map((name) => placeReader(place, name, spec.split)),
    ),
  );
  const elementsOf = compileElements(spec);
  const all = (scope: Scope): Reading<readonly string[]> => {
    const value = read(scope);
    if (typeof value !== 'string') return value;
    const elements = elementsOf(value);
    if (elements === undefined) return TOO_MANY_VALUES;
    return elements.length === 0 ? undefined : elements;
  };
  const one = (scope: Scope): Reading => {
    const values = all(scope);
    if (values === undefined || values instanceof Unreadable) return values;
    return values.length === 1 ? values[0] : AMBIGUOUS_VALUE;
  };
  return { all, one };
}
