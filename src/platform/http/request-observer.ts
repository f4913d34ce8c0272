import type { Principal } from './authenticator';
import type { TraceContext } from './trace-context';

/** What an observer may know of a request: nothing that its sender chose, but the route. */
export interface ObservedRequest {
  readonly trace: TraceContext;
  readonly principal?: Principal;
}

/** Called once per answered request. */
export type ObserveRequest = (request: ObservedRequest, status: number, durationMs: number) => void;

/** Watches requests, e.g. to count or to log them. */
export abstract class RequestObserver {
  /** Asked once per route, at boot, so that nothing is looked up per request; `null`: not interested. */
  abstract forRoute(route: string, method: string): ObserveRequest | null;
}

/** The route of requests that met none: their addresses are their senders' invention, without bound. */
export const NO_ROUTE = '(none)';
