import { Injectable, Logger } from '@nestjs/common';
import { type Operation, type PageDone } from '#domain/operations/operation';
import { OperationRepository } from '#domain/operations/operation.repository';
import { RebuildShipments } from './rebuild-shipments';
import { ReplayEvents } from './replay-events';

/** Things at a time: few enough that whatever else the stores have to do hardly notices. */
const PAGE = 200;

/** One page of an operation: done, and written down. */
@Injectable()
export class OperationPages {
  private readonly logger = new Logger('Operations');

  constructor(
    private readonly operations: OperationRepository,
    private readonly rebuild: RebuildShipments,
    private readonly replay: ReplayEvents,
  ) {}

  /** False for a kind that only a newer version of the gateway knows: its workers do it. */
  knows({ kind }: Operation): boolean {
    return kind === 'rebuild_shipments' || kind === 'replay_events';
  }

  /** Gives how many things were seen to. */
  async next(operation: Operation): Promise<number> {
    const { ratePerSecond = PAGE } = operation;
    const page = await this.work(operation, Math.max(1, Math.min(PAGE, ratePerSecond)));
    const advanced = await this.operations.advance(operation, page);
    if (advanced && advanced.state !== 'running') this.tell(advanced);
    return page.done + page.failed;
  }

  private work(operation: Operation, limit: number): Promise<PageDone> {
    switch (operation.kind) {
      case 'rebuild_shipments':
        return this.rebuild.page(operation, limit);
      case 'replay_events':
        return this.replay.page(operation, limit);
    }
  }

  private tell({ id, kind, state, done, failed, changed, createdAt }: Operation): void {
    const seconds = (Date.now() - createdAt.getTime()) / 1_000;
    this.logger.log({ operationId: id, kind, done, failed, changed, seconds }, `operation ${state}`);
  }
}
