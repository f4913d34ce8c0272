import { Injectable, Logger } from '@nestjs/common';
import { LIST_POSITION } from '#domain/listing/list-position';
import { type Operation } from '#domain/operations/operation';
import { OperationRepository } from '#domain/operations/operation.repository';
import { type Page, pageBy } from '#platform/http/pagination';
import { ProblemError } from '#platform/http/problem';
import { type OperationFilter } from './operation-filter';

/** What people ask of operations. */
@Injectable()
export class FindOperations {
  private readonly logger = new Logger('Operations');

  constructor(private readonly operations: OperationRepository) {}

  /** Newest first. */
  async page(filter: OperationFilter): Promise<Page<Operation>> {
    return pageBy(filter, {
      form: LIST_POSITION,
      find: (limit, after) => this.operations.list(filter, limit, after),
      positionOf: ({ createdAt, id }) => ({ at: createdAt, id }),
    });
  }

  async one(id: string): Promise<Operation> {
    const operation = await this.operations.find(id);
    if (operation) return operation;
    throw new ProblemError(
      'NOT_FOUND',
      `there is no operation ${id}: check the id; what has ended is kept for 90 days`,
    );
  }

  async cancel(id: string, by: string): Promise<Operation> {
    const cancelled = await this.operations.cancel(id, by);
    if (cancelled) {
      this.logger.log({ operationId: id, kind: cancelled.kind, by }, 'operation cancelled');
      return cancelled;
    }
    const { state } = await this.one(id);
    throw new ProblemError('CONFLICT', `operation ${id} has ended (${state}): there is nothing to cancel`);
  }
}
