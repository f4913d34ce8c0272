import { Binary } from 'mongodb';
import { declareCollection, expiryIndex } from '#platform/mongo/collection-declaration';
import { type DeadLetter, type DeadLetterSummary, type PayloadSnapshot } from './dead-letter';

export interface StoredPayload {
  contentType: string;
  body: Binary;
}

export interface DeadLetterDocument extends Omit<
  DeadLetter,
  'eventId' | 'payload' | 'edited' | 'attemptHistory' | 'notes'
> {
  /** The event id. */
  _id: string;
  payload: StoredPayload;
  edited?: StoredPayload;
  attemptHistory: DeadLetter['attemptHistory'][number][];
  notes: DeadLetter['notes'][number][];
  /** Set only once it is closed, or replayed with success: what waits for a person never expires. */
  expiresAt?: Date;
}

export const DEAD_LETTERS = declareCollection<DeadLetterDocument>('dead_letter_events', [
  { name: 'reviewStatus_createdAt', key: { reviewStatus: 1, createdAt: -1, _id: -1 } },
  { name: 'partner_reason_createdAt', key: { partnerId: 1, reasonCode: 1, createdAt: -1, _id: -1 } },
  expiryIndex(),
]);

export const toStoredPayload = ({ contentType, body }: PayloadSnapshot): StoredPayload => ({
  contentType,
  body: new Binary(body),
});

const fromStoredPayload = ({ contentType, body }: StoredPayload): PayloadSnapshot => ({
  contentType,
  body: Buffer.from(body.value()),
});

export type BodilessDocument = Omit<DeadLetterDocument, 'payload' | 'edited'>;

export function toDeadLetterSummary(document: BodilessDocument): DeadLetterSummary {
  const { _id, expiresAt: _expiresAt, ...rest } = document;
  return { ...rest, eventId: _id };
}

export function toDeadLetter({ payload, edited, ...document }: DeadLetterDocument): DeadLetter {
  return {
    ...toDeadLetterSummary(document),
    payload: fromStoredPayload(payload),
    ...(edited === undefined ? {} : { edited: fromStoredPayload(edited) }),
  };
}
