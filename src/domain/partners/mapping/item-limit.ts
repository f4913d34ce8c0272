import { MappingError } from '../mapping-error';

const MAX_ITEMS = 500;

/** Throws where one body has more items than one attempt should write. */
export function refuseTooMany(items: number): void {
  if (items <= MAX_ITEMS) return;
  throw new MappingError('MAPPING_FAILED', `a body must not have more than ${MAX_ITEMS} items`, [
    { code: 'too_many_items', value: String(items) },
  ]);
}
