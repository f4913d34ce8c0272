import { isList, isObject, type JsonObject } from '#domain/partners/body/json-value';
import { type Bounds } from './bounds';

export const isFunction = (value: unknown): boolean =>
  typeof value === 'function' ||
  (isObject(value) && (value['_jsonata_lambda'] === true || value['_jsonata_function'] === true));

/** The same text for values that JSONata's `=` finds equal, so that a set can tell them apart. */
export class Likeness {
  private readonly functions = new Map<unknown, number>();

  constructor(private readonly bounds: Bounds) {}

  of(value: unknown): string {
    this.bounds.look(1, typeof value === 'string' ? value.length : 0);
    if (isList(value)) return `[${value.map((item) => this.of(item)).join()}]`;
    if (isFunction(value)) return this.numbered(value);
    if (isObject(value)) return `{${this.members(value)}}`;
    // JSON has no word for what is no finite number, and would write null.
    return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'undefined');
  }

  private members(value: JsonObject): string {
    const names = Object.keys(value);
    this.bounds.look(names.length);
    return names
      .sort()
      .map((name) => `${this.of(name)}:${this.of(value[name])}`)
      .join();
  }

  /** A function equals nothing but itself. */
  private numbered(value: unknown): string {
    const number = this.functions.get(value) ?? this.functions.size;
    this.functions.set(value, number);
    return `function ${number}`;
  }
}
