import { listOf } from '../body/json-value';
import { parsePointer, valueAt } from '../template/pointer';
import { parseTemplate, type Token } from '../template/template';
import { type ConstantSpec, type FieldSpec } from './mapping-spec';
import { isMissing, type MappingScope, scalarText } from './mapping-scope';

/** `undefined` where there is nothing: no such member, `null`, or blanks only. */
export type FieldReader = (scope: MappingScope) => unknown;

const textIn = (texts: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(texts, name) ? texts[name] : undefined;

/** Inside a template an empty text is there: a part of the sender's word may be empty. */
function tokenText(token: Token, scope: MappingScope): string | undefined {
  switch (token.kind) {
    case 'body':
      return scalarText(valueAt(scope.body, token.pointer));
    case 'item':
      return scalarText(valueAt(scope.item, token.pointer));
    case 'header':
      return textIn(scope.headers, token.name);
    case 'parameter':
      return textIn(scope.query, token.name);
    // Parts of a request that are not kept; the document's check refuses them.
    case 'raw-body':
    case 'timestamp':
    case 'id':
    case 'sorted-form':
    case 'secret':
    case 'request':
      return undefined;
  }
}

export function compileTextTemplate(text: string): (scope: MappingScope) => string | undefined {
  const template = parseTemplate(text);
  return (scope) => {
    let result = '';
    for (const part of template) {
      const value = typeof part === 'string' ? part : (tokenText(part, scope) ?? part.fallback);
      if (value === undefined) return undefined;
      result += value;
    }
    return result;
  };
}

function compileOne(spec: string | ConstantSpec): FieldReader {
  if (typeof spec !== 'string') return () => spec.const;
  const pointer = parsePointer(spec);
  return pointer === undefined ? compileTextTemplate(spec) : ({ item }) => valueAt(item, pointer);
}

/** One reader for each alternative, most wanted first. */
export const compileAlternatives = (spec: FieldSpec): readonly FieldReader[] => {
  const readers = listOf<string | ConstantSpec>(spec).map(compileOne);
  return readers.map((read) => (scope) => {
    const value = read(scope);
    return isMissing(value) ? undefined : value;
  });
};

export function compileField(spec: FieldSpec): FieldReader {
  const readers = compileAlternatives(spec);
  return (scope) => {
    for (const read of readers) {
      const value = read(scope);
      if (value !== undefined) return value;
    }
    return undefined;
  };
}
