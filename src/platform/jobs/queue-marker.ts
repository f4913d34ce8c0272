import { Injectable } from '@nestjs/common';
import { RedisConnections } from '#platform/redis/redis-connections';
import { type JobsSettings } from './jobs-settings';

/**
 * A key without an end, beside the queues. Found missing, it means that Redis lost its jobs: it was flushed, or came
 * back empty. One that came back without its last second has it still; what was lost then is found when it is due.
 */
@Injectable()
export class QueueMarker {
  private readonly key: string;

  constructor(
    private readonly connections: RedisConnections,
    { queuePrefix }: JobsSettings,
  ) {
    this.key = `${queuePrefix}:marker`;
  }

  /** Rejects when Redis does not answer. */
  async isMissing(): Promise<boolean> {
    return (await this.connections.producer.exists(this.key)) === 0;
  }

  async set(): Promise<void> {
    await this.connections.producer.set(this.key, new Date().toISOString());
  }
}
