import { type ShipmentStatus } from '#domain/shipments/shipment-status';
import { isStorable } from '#platform/mongo/storable';
import { type MappedEvent, type MappingInput, type MappingProblem } from '../compiled-partner';
import { compileTime, type TimeParser, type TimeSettings } from '../time/parse-time';
import { type StatusTarget } from './mapping-spec';
import { textOf } from './mapping-scope';
import { type RawEvent } from './raw-event';
import { StatusTable } from './status-table';
import { storedEventKey } from './stored-event-key';
import { isTooLong, MISSING, TOO_LONG } from './tracking-number';

const FUTURE_MS = 24 * 60 * 60 * 1000;
const LONGEST_SHOWN = 200;

const shown = (value: unknown): string => (textOf(value) ?? JSON.stringify(value)).slice(0, LONGEST_SHOWN);

function problemOf({ index }: RawEvent, code: string, value: unknown): MappingProblem {
  return value === undefined ? { index, code } : { index, code, value: shown(value) };
}

const TRUE_WORDS: ReadonlySet<unknown> = new Set(['true', '1']);
const FALSE_WORDS: ReadonlySet<unknown> = new Set(['false', '0']);
const TEST_WORDS: ReadonlySet<unknown> = new Set(['true', '1', 'test']);

const isOneOf = (words: ReadonlySet<unknown>, value: unknown): boolean =>
  value !== undefined && words.has(textOf(value)?.toLowerCase());

const isTest = ({ test, live }: RawEvent): boolean => isOneOf(TEST_WORDS, test) || isOneOf(FALSE_WORDS, live);

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

/** The fields that are only there where the sender gave them. */
function addOptional(event: Mutable<MappedEvent>, raw: RawEvent): void {
  const orderId = textOf(raw.orderId);
  if (orderId !== undefined) event.orderId = orderId;
  const shipmentId = textOf(raw.shipmentId);
  if (shipmentId !== undefined) event.shipmentId = shipmentId;
  const location = textOf(raw.location);
  if (location !== undefined) event.location = location;
  const description = textOf(raw.description);
  if (description !== undefined) event.description = description;
}

/** What the items of one body came to. */
export class Readings {
  readonly events: MappedEvent[] = [];
  readonly problems: MappingProblem[] = [];
  /** Words that the status table does not know. */
  readonly unmapped = new Set<string>();
  testItems = 0;
}

/** Makes a mapped event of an item's fields, or says why there is none. */
export class ItemReader {
  private readonly statuses: StatusTable;
  private readonly parseTime: TimeParser;

  constructor(statuses: Readonly<Record<string, StatusTarget>> = {}, time: TimeSettings = {}) {
    this.statuses = new StatusTable(statuses);
    this.parseTime = compileTime(time);
  }

  read(raw: RawEvent, { eventId, receivedAt }: MappingInput, into: Readings): void {
    if (isTest(raw)) {
      into.testItems += 1;
      return;
    }
    const trackingNumber = textOf(raw.trackingNumber);
    if (trackingNumber === undefined || isTooLong(trackingNumber)) {
      const code = trackingNumber === undefined ? MISSING : TOO_LONG;
      into.problems.push(problemOf(raw, code, raw.trackingNumber));
      return;
    }
    const { status, word, known } = this.statuses.translate(raw.words);
    if (!known && word !== null) into.unmapped.add(word.slice(0, LONGEST_SHOWN));
    const occurredAt = this.timeOf(raw, receivedAt, into.problems);
    const event: Mutable<MappedEvent> = {
      trackingNumber,
      eventKey: storedEventKey(raw, trackingNumber, occurredAt === null ? eventId : undefined),
      status,
      partnerStatus: word,
      occurredAt,
      occurredAtSource: occurredAt === null ? 'received' : 'partner',
      correction: isOneOf(TRUE_WORDS, raw.correction),
    };
    addOptional(event, raw);
    if (!isStorable(raw.attributes)) into.problems.push(problemOf(raw, 'bad_attributes', undefined));
    else if (raw.attributes !== undefined) event.attributes = raw.attributes;
    into.events.push(event);
  }

  /** Canonical status of the first word that the table knows. */
  statusOf(words: readonly string[]): ShipmentStatus | null {
    return this.statuses.translate(words).status;
  }

  /** `null` where no moment can be told, which is no reason to lose the event. */
  private timeOf(raw: RawEvent, receivedAt: Date, problems: MappingProblem[]): Date | null {
    const { occurredAt } = raw;
    if (occurredAt === undefined) return null;
    const isReadable = typeof occurredAt === 'string' || typeof occurredAt === 'number';
    const time = isReadable ? this.parseTime(occurredAt, textOf(raw.zone)) : { problem: 'bad_time' };
    if ('problem' in time) {
      problems.push(problemOf(raw, time.problem, occurredAt));
      return null;
    }
    if (time.at.getTime() - receivedAt.getTime() > FUTURE_MS)
      problems.push(problemOf(raw, 'future_time', occurredAt));
    return time.at;
  }
}
