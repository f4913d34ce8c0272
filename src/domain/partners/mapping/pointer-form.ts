import { isList, isObject } from '../body/json-value';
import { MappingError } from '../mapping-error';
import { parsePointer, type Pointer, valueAt } from '../template/pointer';
import { allHold, compileConditions, type Conditions } from './conditions';
import { refuseTooMany } from './item-limit';
import { compileAlternatives, compileField, type FieldReader } from './field';
import { type MappingForm, type RequestScope } from './mapping-form';
import { type EventField, type FieldSpec, type PointerMapping } from './mapping-spec';
import { type MappingScope, textOf } from './mapping-scope';
import { type RawEvent } from './raw-event';

type Readers = Readonly<Record<Exclude<EventField, 'status'>, FieldReader>>;

const NOTHING: FieldReader = () => undefined;

function compileFields(event: PointerMapping['event']): Readers {
  const reader = (field: EventField): FieldReader => {
    const spec = event[field];
    return spec === undefined ? NOTHING : compileField(spec);
  };
  return {
    trackingNumber: reader('trackingNumber'),
    occurredAt: reader('occurredAt'),
    eventKey: reader('eventKey'),
    orderId: reader('orderId'),
    shipmentId: reader('shipmentId'),
    location: reader('location'),
    description: reader('description'),
    attributes: reader('attributes'),
    zone: reader('zone'),
    test: reader('test'),
    live: reader('live'),
    correction: reader('correction'),
  };
}

function compileWords(status: FieldSpec | undefined): (scope: MappingScope) => readonly string[] {
  const readers = status === undefined ? [] : compileAlternatives(status);
  return (scope) => {
    const words: string[] = [];
    for (const read of readers) {
      const word = textOf(read(scope));
      if (word !== undefined) words.push(word);
    }
    return words;
  };
}

/** Mapping by pointers and templates, read once when the partner is loaded. */
export class PointerForm implements MappingForm {
  private readonly each: string;
  private readonly list: Pointer;
  private readonly fields: Readers;
  private readonly words: (scope: MappingScope) => readonly string[];
  private readonly conditions: Conditions;

  constructor({ each = '', where = {}, event }: PointerMapping) {
    this.each = each;
    this.list = parsePointer(each) ?? [];
    this.conditions = compileConditions(where);
    this.words = compileWords(event.status);
    this.fields = compileFields(event);
  }

  events(scope: RequestScope): readonly RawEvent[] {
    const events: RawEvent[] = [];
    this.items(scope).forEach((item, index) => {
      const itemScope = this.scopeOf(scope, item);
      if (itemScope !== undefined) events.push(this.rawEvent(itemScope, index));
    });
    return events;
  }

  firstWords(scope: RequestScope): readonly string[] {
    for (const item of this.items(scope)) {
      const itemScope = this.scopeOf(scope, item);
      if (itemScope !== undefined) return this.words(itemScope);
    }
    return [];
  }

  /** `undefined` where the item is not meant. */
  private scopeOf({ body, headers, query }: RequestScope, item: unknown): MappingScope | undefined {
    const scope = { body, headers, query, item };
    return allHold(this.conditions.ofItem, scope) ? scope : undefined;
  }

  private items({ body, headers, query }: RequestScope): readonly unknown[] {
    if (!allHold(this.conditions.ofRequest, { body, headers, query, item: undefined })) return [];
    const found = valueAt(body, this.list);
    if (isList(found)) {
      refuseTooMany(found.length);
      return found;
    }
    if (isObject(found)) return [found];
    const place = this.each === '' ? 'the body' : `"${this.each}" (mapping.each)`;
    throw new MappingError('MAPPING_FAILED', `${place} must be an object or a list`, [
      { code: 'items_not_found', value: this.each },
    ]);
  }

  private rawEvent(scope: MappingScope, index: number): RawEvent {
    const { fields } = this;
    return {
      index,
      words: this.words(scope),
      trackingNumber: fields.trackingNumber(scope),
      occurredAt: fields.occurredAt(scope),
      eventKey: fields.eventKey(scope),
      orderId: fields.orderId(scope),
      shipmentId: fields.shipmentId(scope),
      location: fields.location(scope),
      description: fields.description(scope),
      attributes: fields.attributes(scope),
      zone: fields.zone(scope),
      test: fields.test(scope),
      live: fields.live(scope),
      correction: fields.correction(scope),
    };
  }
}
