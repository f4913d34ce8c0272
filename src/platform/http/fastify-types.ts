import type { Principal } from './authenticator';
import type { TraceContext } from './trace-context';

/** What this module adds to Fastify's requests and routes. */
declare module 'fastify' {
  interface FastifyRequest {
    readonly trace: TraceContext;
    /** Set by the access guard. */
    principal?: Principal;
  }

  interface FastifyContextConfig {
    /** The handler reads the body itself, with `readRawBody`, when and as far as it wants to. */
    rawBody?: boolean;
    /** Limit of a parsed body where the route needs another than the default. */
    bodyLimitBytes?: number;
  }
}
