import { declareCollection, expiryIndex } from '#platform/mongo/collection-declaration';
import { type NewOperationOf, type Operation, type OperationKind, type OperationProgress } from './operation';

interface DocumentOf<K extends OperationKind> extends NewOperationOf<K>, OperationProgress {
  _id: string;
  /** Set only once it has ended. */
  expiresAt?: Date;
}
export type OperationDocument = { [K in OperationKind]: DocumentOf<K> }[OperationKind];

/** One index both for the list, which names all states, and for the running ones. */
export const OPERATIONS = declareCollection<OperationDocument>('operations', [
  { name: 'state_createdAt', key: { state: 1, createdAt: -1, _id: -1 } },
  expiryIndex(),
]);

export function toOperation({ _id, expiresAt: _expiresAt, ...rest }: OperationDocument): Operation {
  return { ...rest, id: _id };
}
