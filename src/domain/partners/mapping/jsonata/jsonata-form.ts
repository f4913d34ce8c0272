import { isObject, type JsonObject, listOf } from '#domain/partners/body/json-value';
import { MappingError } from '#domain/partners/mapping-error';
import { refuseTooMany } from '../item-limit';
import { type MappingForm, type RequestScope } from '../mapping-form';
import { isMissing, textOf } from '../mapping-scope';
import { type RawEvent } from '../raw-event';
import { Evaluator } from './evaluator';
import { failureOf } from './failure';
import { PlainCopy } from './plain-copy';

function wordsOf(status: unknown): readonly string[] {
  return listOf(status).flatMap((word) => textOf(word) ?? []);
}

function rawEventOf(fields: JsonObject, index: number): RawEvent {
  const field = (name: string): unknown => {
    const value = fields[name];
    return isMissing(value) ? undefined : value;
  };
  return {
    index,
    words: wordsOf(fields['status']),
    trackingNumber: field('trackingNumber'),
    occurredAt: field('occurredAt'),
    eventKey: field('eventKey'),
    orderId: field('orderId'),
    shipmentId: field('shipmentId'),
    location: field('location'),
    description: field('description'),
    attributes: field('attributes'),
    zone: field('zone'),
    test: field('test'),
    live: field('live'),
    correction: field('correction'),
  };
}

function eventsOf(result: unknown): readonly RawEvent[] {
  const items = listOf(result);
  refuseTooMany(items.length);
  return items.map((item, index) => {
    if (isObject(item)) return rawEventOf(item, index);
    throw new MappingError('MAPPING_FAILED', 'mapping.events must give objects with the fields of an event', [
      { index, code: 'not_an_event' },
    ]);
  });
}

/** Mapping by a JSONata expression, compiled once when the partner is loaded. */
export class JsonataForm implements MappingForm {
  private readonly evaluator: Evaluator;

  constructor(source: string) {
    this.evaluator = new Evaluator(source);
  }

  async events({ body, headers, query }: RequestScope, receivedAt: Date): Promise<readonly RawEvent[]> {
    const bindings = { headers, query, receivedAt: receivedAt.toISOString() };
    let result: unknown;
    try {
      result = new PlainCopy().of(await this.evaluator.evaluate(body, bindings));
    } catch (error) {
      throw failureOf(error);
    }
    return result === null ? [] : eventsOf(result);
  }

  /** Not before it is run, which is the worker's part. */
  firstWords(): readonly string[] {
    return [];
  }
}
