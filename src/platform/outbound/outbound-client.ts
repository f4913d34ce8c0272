import { Agent, request } from 'undici';
import { isPublicAddress } from './address-guard';
import { guardedConnector } from './guarded-connector';

export interface OutboundSettings {
  /** For tests and closed networks: calls may go anywhere. */
  readonly allowPrivateAddresses?: boolean;
  readonly connectTimeoutMs?: number;
  readonly connectionsPerOrigin?: number;
  readonly maxResponseBytes?: number;
}

/** An answer that is of no use. */
export class OutboundError extends Error {
  override readonly name = 'OutboundError';
  readonly code = 'OUTBOUND_ANSWER';
}

const USUAL_TIMEOUT_MS = 2_000;
const OK = 200;

/** Calls to addresses that partners and operators name: guarded, bounded in time and size, without redirects. */
export class OutboundClient {
  private readonly agent: Agent;

  constructor(settings: OutboundSettings = {}) {
    const { connectionsPerOrigin = 4, maxResponseBytes = 256 * 1024 } = settings;
    const { connectTimeoutMs = USUAL_TIMEOUT_MS, allowPrivateAddresses = false } = settings;
    const isAllowed = allowPrivateAddresses ? () => true : isPublicAddress;
    this.agent = new Agent({
      connect: guardedConnector(isAllowed, connectTimeoutMs),
      connections: connectionsPerOrigin,
      maxResponseSize: maxResponseBytes,
    });
  }

  /** The body of a 200, whole within this time; anything else rejects. */
  async getText(url: string, timeoutMs = USUAL_TIMEOUT_MS): Promise<string> {
    // Calls are rare and far between: a connection kept open would only be cut by the other side.
    const { statusCode, body } = await request(url, {
      dispatcher: this.agent,
      signal: AbortSignal.timeout(timeoutMs),
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      reset: true,
    });
    if (statusCode === OK) return body.text();
    await body.dump();
    throw new OutboundError(`expected the answer ${OK}, got ${statusCode}`);
  }

  close(): Promise<void> {
    return this.agent.close();
  }
}
