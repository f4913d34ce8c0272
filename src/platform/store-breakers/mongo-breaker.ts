import { type Database } from '#platform/mongo/database';
import { isServerFailure } from '#platform/mongo/write-failure';
import { probeWrites } from '#platform/mongo/write-probe';
import { Breaker, type BreakerState } from '#platform/resilience/breaker';

/** Well below the breaker's own time-out for a probe. */
const PROBE_TIMEOUT_MS = 450;

/** Around the journal's writes on the way of a request. */
export class MongoBreaker extends Breaker {
  constructor(database: Database, onState: (state: BreakerState) => void) {
    super({
      name: 'mongo',
      probe: () => probeWrites(database, PROBE_TIMEOUT_MS),
      isOutage: isServerFailure,
      onState,
    });
  }
}
