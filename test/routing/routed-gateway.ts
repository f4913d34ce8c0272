import { type Db, MongoClient } from 'mongodb';
import { type CanonicalEvent } from '../builders/a-canonical-event';
import { ADMIN_API_KEY, type GatewayProcess, type Role, startGateway } from '../support/gateway-process';
import { type Answer, call } from '../support/http';
import { send } from '../support/sender';
import { type TestDatabase, testDatabase } from '../support/test-database';
import { until } from '../support/until';
import { RoutingDouble } from './routing-double';

interface Entry {
  readonly _id: string;
  readonly status: string;
  readonly attempts: number;
  readonly crashes: number;
  readonly lease?: string;
  readonly attemptHistory: readonly { readonly errorCode: string; readonly message: string }[];
}

const SHORT_TIMES = { PROCESSING_TIMEOUT_MS: '3000', ROUTING_TIMEOUT_MS: '1000', RETRY_JITTER_PERCENT: '0' };

/** Gateways with a routing service, and what the test looks at. */
export class RoutedGateway {
  private readonly started: GatewayProcess[] = [];
  private readonly client: MongoClient;
  readonly db: Db;

  private constructor(
    readonly stores: TestDatabase,
    readonly routing: RoutingDouble,
    private readonly env: Readonly<Record<string, string>>,
  ) {
    this.client = new MongoClient(stores.mongoUri);
    this.db = this.client.db(stores.dbName);
  }

  static async prepare(env: Readonly<Record<string, string>> = {}): Promise<RoutedGateway> {
    return new RoutedGateway(testDatabase(), await RoutingDouble.start(), { ...SHORT_TIMES, ...env });
  }

  async start(role: Role, env: Readonly<Record<string, string>> = {}): Promise<GatewayProcess> {
    const all = { ...this.env, ROUTING_URL: this.routing.url, ...env };
    return this.begin(role, all, true);
  }

  /** As soon as its process runs: it may work before anybody knows that it is ready. */
  startAndGoOn(role: Role): Promise<GatewayProcess> {
    return this.begin(role, { ...this.env, ROUTING_URL: this.routing.url }, false);
  }

  private async begin(role: Role, env: Readonly<Record<string, string>>, waitUntilReady: boolean) {
    const gateway = await startGateway({ role, stores: this.stores, env, waitUntilReady });
    this.started.push(gateway);
    return gateway;
  }

  async stop(): Promise<void> {
    await Promise.all(this.started.filter(({ isRunning }) => isRunning).map((one) => one.kill()));
    await this.routing.stop();
    await this.client.close();
    await this.stores.cleanup();
  }

  /** Gives the event's id. */
  async accepted(gateway: GatewayProcess, event: CanonicalEvent): Promise<string> {
    return eventIdOf(await send(gateway, event));
  }

  journal() {
    return this.db.collection<Entry>('inbound_events');
  }

  entry(eventId: string, status: string): Promise<Entry> {
    const found = () => this.journal().findOne({ _id: eventId, status });
    return until(found, { what: `event ${eventId} to be ${status}`, timeoutMs: 40_000 });
  }

  async shipment(gateway: GatewayProcess, trackingNumber: string, partnerId = 'default'): Promise<unknown> {
    const path = `/v1/admin/shipments/${partnerId}/${trackingNumber}`;
    return (await call('GET', gateway.url + path, { bearer: ADMIN_API_KEY })).json;
  }
}

export function eventIdOf({ json, text }: Answer): string {
  if (typeof json === 'object' && json !== null && 'eventId' in json) return String(json.eventId);
  throw new Error(`not accepted: ${text}`);
}
