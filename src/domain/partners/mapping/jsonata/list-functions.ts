import { type Expression } from 'jsonata';
import { isList, isObject, type JsonObject } from '#domain/partners/body/json-value';
import { type Bounds, checkItems } from './bounds';
import { isFunction, Likeness } from './likeness';

/** JSONata hangs this on the lists that it makes itself, of which one with a single item is that item. */
const isSequence = (list: readonly unknown[]): boolean => 'sequence' in list && list.sequence === true;

const itemOrList = (list: readonly unknown[]): unknown => (list.length > 1 ? list : list[0]);

function membersOf(value: JsonObject, bounds: Bounds): readonly (readonly [string, unknown])[] {
  const members = Object.entries(value);
  bounds.look(members.length);
  return members;
}

function merged(list: readonly JsonObject[] | undefined, bounds: Bounds): unknown {
  if (list === undefined) return undefined;
  checkItems(list.length);
  return Object.fromEntries(list.flatMap((item) => membersOf(item, bounds)));
}

function distinct(value: unknown, bounds: Bounds): unknown {
  if (!isList(value) || value.length <= 1) return value;
  checkItems(value.length);
  const likeness = new Likeness(bounds);
  const seen = new Set<string>();
  const kept = value.filter((item) => {
    const { size } = seen;
    return seen.add(likeness.of(item)).size > size;
  });
  return isSequence(value) ? itemOrList(kept) : kept;
}

function addNames(value: unknown, names: Set<string>, bounds: Bounds): void {
  bounds.look(1);
  if (isList(value))
    value.forEach((item) => {
      addNames(item, names, bounds);
    });
  else if (isObject(value) && !isFunction(value))
    for (const [name] of membersOf(value, bounds)) names.add(name);
}

function namesOf(value: unknown, bounds: Bounds): unknown {
  const names = new Set<string>();
  addNames(value, names, bounds);
  checkItems(names.size);
  return itemOrList([...names]);
}

function spread(value: unknown, bounds: Bounds): unknown {
  bounds.look(1);
  if (isList(value)) {
    const items = value
      .map((item) => spread(item, bounds))
      .filter((item) => item !== undefined)
      .flat();
    checkItems(items.length);
    return items;
  }
  if (!isObject(value) || isFunction(value)) return value;
  const members = membersOf(value, bounds);
  checkItems(members.length);
  return itemOrList(members.map((member) => Object.fromEntries([member])));
}

/** In the place of JSONata's own, which look at every pair of items, or at a value in each place where it stands. */
export function registerListFunctions(expression: Expression, bounds: Bounds): void {
  expression.registerFunction('merge', (list?: readonly JsonObject[]) => merged(list, bounds), '<a<o>:o>');
  expression.registerFunction('distinct', (value: unknown) => distinct(value, bounds), '<x:x>');
  expression.registerFunction('keys', (value: unknown) => namesOf(value, bounds), '<x-:a<s>>');
  expression.registerFunction('spread', (value: unknown) => spread(value, bounds), '<x-:a<o>>');
}
