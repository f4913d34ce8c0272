import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Collection, type Filter } from 'mongodb';
import { expiryAfterDays } from '#domain/events/event-retention';
import { type ListPosition } from '#domain/listing/list-position';
import { olderThan } from '#domain/listing/older-than';
import { SINGLE_READ } from '#domain/listing/single-read';
import { Database } from '#platform/mongo/database';
import {
  type NewOperation,
  type Operation,
  OPERATION_STATES,
  type OperationKind,
  type OperationState,
  type PageDone,
} from './operation';
import { type OperationDocument, OPERATIONS, toOperation } from './operations.schema';

export interface OperationQuery {
  readonly state?: OperationState;
  readonly kind?: OperationKind;
}

/** How long one that has ended is kept. */
const KEPT_DAYS = 90;
/** Far more than anybody has running at a time. */
const MAX_RUNNING = 100;

/** What was asked for, how far it is, and how it ended. */
@Injectable()
export class OperationRepository {
  private readonly collection: Collection<OperationDocument>;
  private readonly review: Collection<OperationDocument>;

  constructor(database: Database) {
    this.collection = database.collection(OPERATIONS);
    this.review = database.reviewCollection(OPERATIONS);
  }

  /** Running from now on: some worker finds it within a second or so. */
  async start(operation: NewOperation): Promise<Operation> {
    const now = new Date();
    const document: OperationDocument = {
      _id: `op_${randomUUID()}`,
      ...operation,
      state: 'running',
      done: 0,
      failed: 0,
      changed: 0,
      page: 0,
      createdAt: now,
      updatedAt: now,
    };
    await this.collection.insertOne(document);
    return toOperation(document);
  }

  async find(id: string): Promise<Operation | undefined> {
    const document = await this.collection.findOne({ _id: id }, SINGLE_READ);
    return document ? toOperation(document) : undefined;
  }

  /** Newest first; the time of a position is that of creation. */
  async list(query: OperationQuery, limit: number, after?: ListPosition): Promise<readonly Operation[]> {
    const documents = await this.review
      .find({ ...filterOf(query), ...olderThan(after, (createdAt) => ({ createdAt })) })
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit)
      .toArray();
    return documents.map(toOperation);
  }

  /** Oldest first, with where each goes on. */
  async running(): Promise<readonly Operation[]> {
    const documents = await this.collection
      .find({ state: 'running' })
      .sort({ createdAt: 1, _id: 1 })
      .limit(MAX_RUNNING)
      .toArray();
    return documents.map(toOperation);
  }

  /**
   * The next page after those that `operation` knows of is done. Counted once, however often it was done and by
   * whom. What was under way when it was cancelled is counted, too. Gives the operation as it is now; `undefined` where
   * somebody else was quicker.
   */
  async advance(operation: Operation, { cursor, ...counts }: PageDone): Promise<Operation | undefined> {
    const next = { _id: operation.id, page: operation.page };
    const $inc = { ...counts, page: 1 };
    const updatedAt = new Date();
    const progress = cursor === undefined ? ended('done') : { updatedAt, cursor };
    const running = { ...next, state: 'running' as const };
    const advanced =
      (await this.collection.findOneAndUpdate(running, { $inc, $set: progress }, AFTER)) ??
      (await this.collection.findOneAndUpdate(
        { ...next, state: 'cancelled' },
        { $inc, $set: { updatedAt } },
        AFTER,
      ));
    return advanced ? toOperation(advanced) : undefined;
  }

  /** It will not come to its end. `message` is for the operator. */
  async fail(id: string, message: string): Promise<void> {
    await this.collection.updateOne({ _id: id, state: 'running' }, { $set: { ...ended('failed'), message } });
  }

  /** Ends it before its next page; `undefined` where it is not running. */
  async cancel(id: string, by: string): Promise<Operation | undefined> {
    const cancelled = await this.collection.findOneAndUpdate(
      { _id: id, state: 'running' },
      { $set: { ...ended('cancelled'), message: `cancelled by ${by}` } },
      AFTER,
    );
    return cancelled ? toOperation(cancelled) : undefined;
  }
}

const AFTER = { returnDocument: 'after' } as const;

function ended<S extends OperationState>(state: S) {
  const now = new Date();
  return { state, updatedAt: now, finishedAt: now, expiresAt: expiryAfterDays(now, KEPT_DAYS) };
}

const filterOf = ({ state, kind }: OperationQuery): Filter<OperationDocument> => ({
  // Naming all states lets the server merge the newest of each along the index instead of sorting everything.
  state: state ?? { $in: [...OPERATION_STATES] },
  ...(kind === undefined ? {} : { kind }),
});
