import { isList, isObject } from '#domain/partners/body/json-value';
import { BoundError } from './bounds';

const MAX_DEPTH = 64;
const MAX_VALUES = 50_000;
const MAX_TEXT = 4_194_304;

const isFunction = (value: object): boolean =>
  ('_jsonata_lambda' in value && value._jsonata_lambda === true) ||
  ('_jsonata_function' in value && value._jsonata_function === true);

/**
 * The JSON of a result. JSONata hangs members of its own on lists, may give functions, and may give one value in
 * so many places that its copy would never end.
 */
export class PlainCopy {
  private values = 0;
  private text = 0;

  of(value: unknown, depth = 0): unknown {
    this.values += 1;
    if (typeof value === 'string') this.text += value.length;
    if (this.values > MAX_VALUES || this.text > MAX_TEXT || depth > MAX_DEPTH)
      throw new BoundError('gave more than a body may hold');
    if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (isList(value)) return value.map((item) => this.of(item, depth + 1) ?? null);
    return isObject(value) && !isFunction(value) ? this.members(value, depth) : undefined;
  }

  private members(value: object, depth: number): unknown {
    const members = Object.entries(value).map(([name, member]) => {
      this.text += name.length;
      return [name, this.of(member, depth + 1)] as const;
    });
    return Object.fromEntries(members.filter(([, member]) => member !== undefined));
  }
}
