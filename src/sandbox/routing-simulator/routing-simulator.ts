import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { json as jsonIn } from 'node:stream/consumers';
import { json, type Reply } from './reply';
import { RoutingDesk } from './routing-desk';
import { routingDescription } from './routing-description';
import { parseSimulatorSettings, type SimulatorSettings } from './simulator-settings';
import { type SimulatorStats, StatsCounter } from './simulator-stats';

/** Answered at once, whatever the latency is set to. */
const NOW = 0;
const UNKNOWN_ROUTE = json(404, { error: 'known are POST /route, GET /stats, GET /settings, PUT /settings' });

export interface SimulatorPlace {
  readonly host?: string;
  /** 0: any that is free. */
  readonly port?: number;
}

/** A routing service on this machine, over real HTTP: as slow, as unreliable and as wrong as it is told to be. */
export class RoutingSimulator {
  private readonly stats = new StatsCounter();
  private readonly desk: RoutingDesk;
  private readonly server: Server;

  private constructor(settings: SimulatorSettings) {
    this.desk = new RoutingDesk(routingDescription(), settings, this.stats);
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  static async start(settings: SimulatorSettings, place: SimulatorPlace = {}): Promise<RoutingSimulator> {
    const { host = '127.0.0.1', port = 0 } = place;
    const simulator = new RoutingSimulator(settings);
    simulator.server.listen(port, host);
    await once(simulator.server, 'listening');
    return simulator;
  }

  /** What the gateway needs as ROUTING_URL. */
  get url(): string {
    return `${this.origin}/route`;
  }

  /** Where `/stats` and `/settings` are. */
  get origin(): string {
    const address = this.server.address();
    if (typeof address !== 'object' || address === null) throw new Error('the simulator is not listening');
    const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
    return `http://${host}:${address.port}`;
  }

  /** For the calls from now on. */
  configure(settings: SimulatorSettings): void {
    this.desk.configure(settings);
  }

  readStats(): SimulatorStats {
    return this.stats.read();
  }

  /** Cuts off who still waits for an answer. */
  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = ''] = (request.url ?? '').split('?');
    const route = `${request.method ?? ''} ${path}`;
    const isCall = route === 'POST /route';
    if (isCall) this.count(response);
    const body: unknown = await jsonIn(request).catch(() => undefined);
    if (isCall) {
      const timed = this.desk.answer(request.headers, body);
      if (timed.kind === 'reply') this.send(response, timed.reply, timed.afterMs);
    } else this.send(response, this.manage(route, body) ?? UNKNOWN_ROUTE, NOW);
  }

  private count(response: ServerResponse): void {
    this.stats.began();
    response.once('close', () => this.stats.ended(response.writableFinished));
  }

  private manage(route: string, body: unknown): Reply | undefined {
    if (route === 'GET /stats') return json(200, this.readStats());
    if (route === 'GET /settings') return json(200, this.desk.settings);
    if (route !== 'PUT /settings') return undefined;
    const parsed = parseSimulatorSettings(body);
    if (!parsed.ok) return json(400, { faults: parsed.faults });
    this.configure(parsed.settings);
    return json(200, parsed.settings);
  }

  private send(response: ServerResponse, { status, headers, text }: Reply, afterMs: number): void {
    if (response.destroyed) return;
    const type = text === undefined ? {} : { 'content-type': 'application/json' };
    const timer = setTimeout(() => response.writeHead(status, { ...type, ...headers }).end(text), afterMs);
    // Also where the caller gives up, and where the simulator is closed.
    response.once('close', () => clearTimeout(timer));
  }
}
