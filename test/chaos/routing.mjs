import { join } from 'node:path';
import { until } from '../../scripts/process/until.mjs';
import { startNode, stop } from '../bench/processes.mjs';

/** Some calls fail, so that events wait for their next attempt when the faults come. */
const ERRORS = '0.02';
const TIMEOUT_MS = '800';
/** So that two workers keep up with the load, and work off between the faults what those held up. */
const SLOTS = { WORKER_CONCURRENCY: '40', MONGO_MAX_POOL_SIZE: '50' };

/** The product's own routing simulator, out of the frozen build. It is never harmed: gateways and stores are. */
export class Routing {
  #child;
  #said = '';

  constructor(dist, latencyMs) {
    const program = join(dist, 'sandbox', 'routing-simulator.main.js');
    const latency = ['--latency-ms', String(latencyMs)];
    this.#child = startNode([program, '--port', '0', '--errors', ERRORS, ...latency], {});
    this.#child.stdout.on('data', (text) => (this.#said += text));
  }

  /** What a gateway has to know to ask it. */
  async settings() {
    const url = () => /^ROUTING_URL=(.+)$/m.exec(this.#said)?.[1];
    await until(() => url() !== undefined, { timeoutMs: 15_000, what: 'the routing service listens' });
    return { ROUTING_URL: url(), ROUTING_TIMEOUT_MS: TIMEOUT_MS, ...SLOTS };
  }

  close() {
    return stop(this.#child);
  }
}
