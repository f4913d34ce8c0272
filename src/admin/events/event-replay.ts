import { Injectable } from '@nestjs/common';
import { type Operation } from '#domain/operations/operation';
import { OperationRepository } from '#domain/operations/operation.repository';
import { KeptEventReader } from '#domain/replay/kept-event-reader';
import { KeptEventsRepository } from '#domain/replay/kept-events.repository';
import { type ReplayFilter } from '#domain/replay/replay-filter';
import { ProblemError } from '#platform/http/problem';
import { invalidPayload } from '#platform/http/validation';
import { termsOf } from '../operations/operation-request';
import { type ReplayEventsRequest } from './replay-events-request';
import { type ReplayPreview, ReplayPreviews } from './replay-preview';

/** Has kept events read again by the mapping of today: by the workers, or only to see what would change. */
@Injectable()
export class EventReplay {
  constructor(
    private readonly reader: KeptEventReader,
    private readonly kept: KeptEventsRepository,
    private readonly operations: OperationRepository,
    private readonly previews: ReplayPreviews,
  ) {}

  async start(request: ReplayEventsRequest, requestedBy: string): Promise<Operation> {
    const filter = await this.usable(request.filter);
    const matched = await this.kept.count(filter);
    return this.operations.start({
      kind: 'replay_events',
      filter,
      matched,
      ...termsOf(request),
      requestedBy,
    });
  }

  async preview(request: ReplayEventsRequest): Promise<ReplayPreview> {
    return this.previews.of(await this.usable(request.filter));
  }

  /** What comes in from now on is read by the mapping of today anyway, and would give the replay no end. */
  private async usable({ partnerId, from, to, status }: ReplayFilter): Promise<ReplayFilter> {
    if (from >= to) throw invalidPayload([{ path: '/filter/to', message: 'must be later than from' }]);
    await this.reader.useLatestRules();
    if (!this.reader.knowsPartner(partnerId)) {
      throw new ProblemError(
        'NOT_FOUND',
        `there is no partner "${partnerId}", so nothing to read its events by`,
      );
    }
    const now = new Date();
    return { partnerId, from, to: to < now ? to : now, ...(status === undefined ? {} : { status }) };
  }
}
