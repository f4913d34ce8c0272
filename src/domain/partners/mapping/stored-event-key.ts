import { hash } from 'node:crypto';
import { textOf } from './mapping-scope';
import { type RawEvent } from './raw-event';
import { isWellFormed } from './well-formed';

/** Escaped where hashing would make one of several texts. */
const distinct = (text: string): string => (isWellFormed(text) ? text : JSON.stringify(text));

/** With its length, so that parts stay apart that give the same text when joined; a missing part is not an empty one. */
const part = (text: string | undefined): string =>
  text === undefined ? '-' : `${text.length}:${distinct(text)}`;

const asSent = (value: unknown): string =>
  part(textOf(value) ?? (value === undefined ? undefined : JSON.stringify(value)));

/** What an item says, in the sender's words. */
const fieldsAsSent = ({ words, ...raw }: RawEvent): string =>
  part(words[0]) +
  asSent(raw.occurredAt) +
  asSent(raw.zone) +
  asSent(raw.orderId) +
  asSent(raw.shipmentId) +
  asSent(raw.location) +
  asSent(raw.description) +
  asSent(raw.attributes) +
  asSent(raw.correction);

/**
 * The same for the same happening, however often it is sent: the sender's own id of it, or else what it said, in
 * its own words, so that a better mapping does not make a new event of it. An item without a time is told from
 * others only by the request that it came in.
 */
export function storedEventKey(raw: RawEvent, trackingNumber: string, untimedIn: string | undefined): string {
  const key = textOf(raw.eventKey);
  if (key !== undefined) return hash('sha256', `k${part(trackingNumber)}${part(key)}`, 'base64url');
  const request = untimedIn === undefined ? '' : part(untimedIn) + String(raw.index);
  return hash('sha256', `f${part(trackingNumber)}${fieldsAsSent(raw)}${request}`, 'base64url');
}
