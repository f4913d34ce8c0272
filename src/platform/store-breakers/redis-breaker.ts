import { type RedisConnections } from '#platform/redis/redis-connections';
import { Breaker, type BreakerState } from '#platform/resilience/breaker';

const KEPT_MS = 1_000;

/** Around the queue's writes on the way of a request. */
export class RedisBreaker extends Breaker {
  constructor(connections: RedisConnections, keyPrefix: string, onState: (state: BreakerState) => void) {
    super({
      name: 'redis',
      // A write: a Redis that is full answers every ping.
      probe: () => connections.producer.set(`${keyPrefix}:write-probe`, '1', 'PX', KEPT_MS),
      // Whatever keeps a job from the queue.
      isOutage: () => true,
      onState,
    });
  }
}
