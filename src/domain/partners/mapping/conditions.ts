import { listOf } from '../body/json-value';
import { parsePointer, valueAt } from '../template/pointer';
import { parseTemplate, tokensOf } from '../template/template';
import { compileTextTemplate } from './field';
import { type PointerMapping } from './mapping-spec';
import { type MappingScope, textOf } from './mapping-scope';

type Condition = (scope: MappingScope) => boolean;

function compileCondition(key: string, wanted: readonly unknown[]): Condition {
  const pointer = parsePointer(key);
  const read =
    pointer === undefined ? compileTextTemplate(key) : ({ item }: MappingScope) => valueAt(item, pointer);
  const texts = new Set(wanted.map(String));
  return (scope) => {
    const text = textOf(read(scope));
    return text !== undefined && (texts.has('*') || texts.has(text));
  };
}

const readsItem = (key: string): boolean =>
  parsePointer(key) !== undefined || tokensOf(parseTemplate(key)).some(({ kind }) => kind === 'item');

export interface Conditions {
  /** Asked before the items are looked for, since bodies of another kind need not have any. */
  readonly ofRequest: readonly Condition[];
  readonly ofItem: readonly Condition[];
}

export function compileConditions(where: NonNullable<PointerMapping['where']>): Conditions {
  const conditions = Object.entries(where).map(([key, wanted]) => ({
    needsItem: readsItem(key),
    holds: compileCondition(key, listOf<unknown>(wanted)),
  }));
  return {
    ofRequest: conditions.filter(({ needsItem }) => !needsItem).map(({ holds }) => holds),
    ofItem: conditions.filter(({ needsItem }) => needsItem).map(({ holds }) => holds),
  };
}

export const allHold = (conditions: readonly Condition[], scope: MappingScope): boolean =>
  conditions.length === 0 || conditions.every((holds) => holds(scope));
