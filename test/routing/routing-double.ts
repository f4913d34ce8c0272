import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** One call as it came in. */
export interface SeenCall {
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
  /** Calls under way when it came, itself included. */
  readonly together: number;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly afterMs?: number;
}

export const DECIDED: Answer = { status: 200, body: { hub: 'CAI-1', etaMinutes: 90 } };

/** A routing service over real HTTP whose answers the test decides; `hang` never answers. */
export class RoutingDouble {
  readonly calls: SeenCall[] = [];
  answer: (call: SeenCall, nth: number) => Answer | 'hang' = () => DECIDED;
  private underWay = 0;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<RoutingDouble> {
    const server = createServer();
    const double = new RoutingDouble(server);
    server.on('request', (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => void double.serve(request.headers, Buffer.concat(parts).toString(), response));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return double;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/route`;
  }

  /** Calls about one parcel. */
  about(trackingNumber: unknown): readonly SeenCall[] {
    return this.calls.filter(({ body }) => body['trackingNumber'] === trackingNumber);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(headers: IncomingHttpHeaders, text: string, response: ServerResponse): Promise<void> {
    this.underWay += 1;
    response.on('close', () => (this.underWay -= 1));
    const call: SeenCall = {
      headers,
      body: JSON.parse(text) as Record<string, unknown>,
      together: this.underWay,
    };
    this.calls.push(call);
    const answer = this.answer(call, this.about(call.body['trackingNumber']).length);
    if (answer === 'hang') return;
    if (answer.afterMs !== undefined) await pause(answer.afterMs);
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
  }
}
