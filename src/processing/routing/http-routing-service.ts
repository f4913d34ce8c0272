import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent, errors, request } from 'undici';
import { withEither } from '#platform/resilience/with-either';
import { type RoutingSettings } from '../processing-settings';
import { type HttpAnswer, OK, readRoutingAnswer } from './routing-answer';
import { type RoutingAnswer, type RoutingCall, RoutingService } from './routing-service';

const MAX_ANSWER_BYTES = 16 * 1024;
/** A host that does not answer at all is known sooner than one that is slow. */
const CONNECT_TIMEOUT_MS = 2_000;
/** Where a partner's attempts may not take as long as that, no answer says nothing about the service. */
const MOST_OF_ITS_TIME = 0.9;
const TOO_LARGE: RoutingAnswer = {
  kind: 'rejected',
  message: `the answer of the routing service is larger than ${MAX_ANSWER_BYTES} bytes`,
};

/** The routing service over HTTP, as contract and `routing-service.openapi.yaml` describe it. */
@Injectable()
export class HttpRoutingService extends RoutingService implements OnApplicationShutdown {
  private readonly agent: Agent;

  constructor(private readonly settings: RoutingSettings) {
    super();
    this.agent = new Agent({
      connections: settings.concurrency,
      pipelining: 1,
      connect: { timeout: Math.min(CONNECT_TIMEOUT_MS, settings.timeoutMs) },
      maxResponseSize: MAX_ANSWER_BYTES,
    });
  }

  async ask(call: RoutingCall, signal: AbortSignal): Promise<RoutingAnswer> {
    const timeoutMs = Math.min(this.settings.timeoutMs, call.withinMs);
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), timeoutMs);
    try {
      return await withEither([signal, timeout.signal], async (either) =>
        readRoutingAnswer(await this.post(call, either)),
      );
    } catch (error) {
      if (signal.aborted) throw error;
      if (error instanceof errors.ResponseExceededMaxSizeError) return TOO_LARGE;
      if (!timeout.signal.aborted)
        return { kind: 'unavailable', message: 'the routing service cannot be reached', service: 'down' };
      const hadItsTime = timeoutMs >= this.settings.timeoutMs * MOST_OF_ITS_TIME;
      const message = `the routing service gave no answer in ${timeoutMs} ms`;
      return { kind: 'unavailable', message, service: hadItsTime ? 'down' : 'unknown' };
    } finally {
      clearTimeout(timer);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }

  private async post(call: RoutingCall, signal: AbortSignal): Promise<HttpAnswer> {
    const { statusCode, headers, body } = await request(this.settings.url, {
      method: 'POST',
      dispatcher: this.agent,
      signal,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'idempotency-key': call.idempotencyKey,
        traceparent: call.traceparent,
      },
      body: JSON.stringify(call.request),
    });
    // Of any other answer only the status counts, however long its page is.
    const text = await body.text().catch((error: unknown) => {
      if (statusCode !== OK && error instanceof errors.ResponseExceededMaxSizeError) return '';
      throw error;
    });
    return { statusCode, retryAfter: headers['retry-after'], text };
  }
}
