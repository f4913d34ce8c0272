import { type OperationKind, type OperationOf, type PageDone } from '#domain/operations/operation';

/** How one kind of operation is done. */
export interface OperationWork<K extends OperationKind> {
  /**
   * Does the next page, at most `limit` things after the cursor of the operation. A page may be done again, by this
   * process or another one, and that must be harmless. Rejects where all of the page is to be tried again.
   */
  page(operation: OperationOf<K>, limit: number): Promise<PageDone>;
}
