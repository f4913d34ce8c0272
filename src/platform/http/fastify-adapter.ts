import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest, onRequestHookHandler, RouteOptions } from 'fastify';
import { addressOf } from './address-of';
import type { Authenticator } from './authenticator';
import { registerBodyParser } from './body-parser';
import { closeConnectionsWhileDraining } from './draining';
import './fastify-types';
import { DEFAULT_TIMEOUTS, type HttpSettings } from './http-settings';
import { isGuarded, principalOf } from './guarded-routes';
import { refusalOf } from './not-found';
import { ProblemError } from './problem';
import type { RefusalLimit } from './refusal-limit';
import { NO_ROUTE, type ObserveRequest, type RequestObserver } from './request-observer';
import { RouteCatalogue } from './route-catalogue';
import { PAGE_CONTENT_SECURITY_POLICY, SECURITY_HEADERS } from './security-headers';
import { sendProblem } from './send-problem';
import { serverOptions } from './server-options';
import { traceOf } from './trace-context';

/** What the edge needs of the application; bound when Nest has made it, before the first route is known. */
export interface EdgeBindings {
  readonly observers: readonly RequestObserver[];
  readonly authenticator: Authenticator | undefined;
  readonly refusals: RefusalLimit | undefined;
}

/** Nest's Fastify adapter with the rules of this gateway: see `createFastifyAdapter`. */
export class GatewayAdapter extends FastifyAdapter {
  private readonly routes = new RouteCatalogue();
  private readonly unrouted = new Map<string, readonly ObserveRequest[]>();
  private bindings: EdgeBindings = { observers: [], authenticator: undefined, refusals: undefined };

  constructor(private readonly settings: HttpSettings) {
    const timeouts = { ...DEFAULT_TIMEOUTS, ...settings.timeouts };
    super(serverOptions(settings, timeouts));
    this.instance.decorateRequest('trace', {
      getter() {
        return traceOf(this.raw);
      },
    });
    registerBodyParser(this.instance, {
      bodyLimitBytes: settings.bodyLimitBytes,
      bodyTimeoutMs: timeouts.bodyMs,
    });
    this.instance.addHook('onRequest', (request, reply, done) => {
      setCommonHeaders(request, reply);
      done();
    });
    this.instance.addHook('onRoute', (route) => this.prepareRoute(route));
    this.instance.addHook('preClose', (done) => {
      closeConnectionsWhileDraining(this.instance.server, timeouts.drainMs);
      done();
    });
    this.instance.setNotFoundHandler((request, reply) => this.refuseUnrouted(request, reply));
  }

  bind(bindings: EdgeBindings): void {
    this.bindings = bindings;
  }

  /** Nest would register a handler of its own, which knows no 405 and echoes addresses. */
  override setNotFoundHandler() {
    return this.instance;
  }

  private prepareRoute(route: RouteOptions): void {
    const methods = [route.method].flat();
    this.routes.add(route.url, methods);
    route.onRequest = [...[route.onRequest ?? []].flat(), ...this.headersOf(route.url, methods)];
    if (isGuarded(route.url)) route.onRequest.push((request) => this.authenticate(request));
    const observers = new Map(methods.map((method) => [method, this.observersOf(route.url, method)]));
    route.onResponse = [
      ...[route.onResponse ?? []].flat(),
      (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
        tell(observers.get(request.method), request, reply);
        done();
      },
    ];
  }

  private headersOf(route: string, methods: readonly string[]): onRequestHookHandler[] {
    const isPage = this.settings.pagePrefixes?.some((prefix) => route.startsWith(prefix)) === true;
    const headers: Record<string, string> = {
      ...(methods.includes('GET') && { 'cache-control': 'no-store' }),
      ...(isPage && { 'content-security-policy': PAGE_CONTENT_SECURITY_POLICY }),
    };
    if (Object.keys(headers).length === 0) return [];
    return [
      (_, reply, done) => {
        reply.headers(headers);
        done();
      },
    ];
  }

  /** Before the body is read, so that only who has a key can make us read one. */
  private async authenticate(request: FastifyRequest): Promise<void> {
    const { authenticator } = this.bindings;
    if (authenticator === undefined) return;
    try {
      request.principal = await principalOf(request.raw, authenticator);
    } catch (error) {
      throw await this.unlessTooMany(request, error);
    }
  }

  /** Whoever tries keys or addresses hears 429 after a while; who has a key is not counted. */
  private async unlessTooMany(request: FastifyRequest, refusal: unknown): Promise<unknown> {
    const { refusals } = this.bindings;
    if (refusals === undefined || !(refusal instanceof ProblemError)) return refusal;
    return refusals.insteadOf(addressOf(request), refusal);
  }

  private observersOf(route: string, method: string): readonly ObserveRequest[] {
    return this.bindings.observers
      .map((observer) => observer.forRoute(route, method))
      .filter((observe) => observe !== null);
  }

  private unroutedObservers(method: string): readonly ObserveRequest[] {
    const known = this.unrouted.get(method) ?? this.observersOf(NO_ROUTE, method);
    this.unrouted.set(method, known);
    return known;
  }

  private async refuseUnrouted(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    // Where Nest itself passes a request on to here, the hooks of the route did not run.
    setCommonHeaders(request, reply);
    const observers = this.unroutedObservers(request.method);
    reply.raw.once('finish', () => tell(observers, request, reply));
    const refusal = await this.whyUnrouted(request);
    if (!(refusal instanceof ProblemError)) throw refusal;
    sendProblem(reply, refusal);
    return reply;
  }

  private async whyUnrouted(request: FastifyRequest): Promise<unknown> {
    const { authenticator } = this.bindings;
    const refusal = await refusalOf(request.raw, this.routes, authenticator).catch((error: unknown) => error);
    return this.unlessTooMany(request, refusal);
  }
}

function setCommonHeaders(request: FastifyRequest, reply: FastifyReply): void {
  // Not by `raw.setHeader`: Node writes a plain object of headers faster, and routes may replace one.
  reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
}

function tell(
  observers: readonly ObserveRequest[] | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  for (const observe of observers ?? []) observe(request, reply.statusCode, reply.elapsedTime);
}

/**
 * The HTTP edge: time-outs, proxies, request ids and traces, security headers, one body parser, problems for
 * whatever is no request of ours. Create the application with `{ bodyParser: false }`.
 */
export function createFastifyAdapter(settings: HttpSettings): GatewayAdapter {
  return new GatewayAdapter(settings);
}
