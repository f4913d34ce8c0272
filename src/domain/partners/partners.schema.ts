import { declareCollection } from '#platform/mongo/collection-declaration';
import { type PartnerJson, type QueuePause, type StoredPartner, type StoredSecret } from './stored-partner';

export interface PartnerRecord {
  /** The partner's id. */
  _id: string;
  document: PartnerJson;
  secrets: readonly StoredSecret[];
  appliedFile?: string;
  /** Set while nobody shall work on its events. */
  paused?: QueuePause;
  revision: number;
  createdAt: Date;
  updatedAt: Date;
}

export const PARTNERS = declareCollection<PartnerRecord>('partners', [
  { name: 'createdAt_newest_first', key: { createdAt: -1, _id: -1 } },
]);

export const toStoredPartner = ({ _id, ...rest }: PartnerRecord): StoredPartner => ({ id: _id, ...rest });
