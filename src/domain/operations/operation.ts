import { type ReplayFilter } from '#domain/replay/replay-filter';
import { type ParcelFilter } from '#domain/shipments/parcel-filter';

export const OPERATION_STATES = ['running', 'done', 'cancelled', 'failed'] as const;
export type OperationState = (typeof OPERATION_STATES)[number];

/** What each kind of operation is about. A new one is a line here and below, and a class that does its pages. */
export interface OperationFilters {
  readonly rebuild_shipments: ParcelFilter;
  readonly replay_events: ReplayFilter;
}
export type OperationKind = keyof OperationFilters;
export const OPERATION_KINDS = ['rebuild_shipments', 'replay_events'] as const satisfies OperationKind[];

export interface NewOperationOf<K extends OperationKind> {
  readonly kind: K;
  readonly filter: OperationFilters[K];
  /** How many things there are to do, as far as can be told before. */
  readonly matched: number;
  /** Absent: as fast as it goes without getting in the way of anything else. */
  readonly ratePerSecond?: number;
  readonly note?: string;
  /** Name of the key that it was asked for with. */
  readonly requestedBy: string;
}
/** What a person asks for; `kind` tells what `filter` is. */
export type NewOperation = { [K in OperationKind]: NewOperationOf<K> }[OperationKind];

/** How far it is. */
export interface OperationProgress {
  readonly state: OperationState;
  /** Things that are seen to; those that did not need it included. */
  readonly done: number;
  /** Things that could not be done; the log says why. */
  readonly failed: number;
  /** Things among the done ones that are different now. */
  readonly changed: number;
  /** Pages that are done: a write names the page that it was made after. */
  readonly page: number;
  /** Where it goes on: after the last thing that is done, in the words of its kind. */
  readonly cursor?: OperationCursor;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly finishedAt?: Date;
  /** Why it failed, or who cancelled it. */
  readonly message?: string;
}
export type OperationCursor = readonly string[];

export interface OperationOf<K extends OperationKind> extends NewOperationOf<K>, OperationProgress {
  readonly id: string;
}
/** Work on many things, done by the workers page by page, whatever becomes of any of them. */
export type Operation = { [K in OperationKind]: OperationOf<K> }[OperationKind];

/** What came of one page. */
export interface PageDone extends Pick<OperationProgress, 'done' | 'failed' | 'changed'> {
  /** `undefined`: there is nothing more to do. */
  readonly cursor: OperationCursor | undefined;
}
