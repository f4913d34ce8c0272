import { declareCollection } from './collection-declaration';

/** Who alone does a piece of work that any process could do, and until when. */
export interface LeaseDocument {
  _id: string;
  holder: string;
  until: Date;
}

export const LEASES = declareCollection<LeaseDocument>('leases', []);
