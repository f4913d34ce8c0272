import type { FastifyInstance, FastifyRequest } from 'fastify';
import { jsonText, notJson } from './json-body';
import { ProblemError } from './problem';
import { readRawBody } from './raw-body';

export interface BodySettings {
  /** Limit of routes that set none of their own. */
  readonly bodyLimitBytes: number;
  readonly bodyTimeoutMs: number;
}

const JSON_TYPE = /^application\/(?:[a-z0-9.-]+\+)?json$/;

function refuseOtherTypes({ mediaType, headers }: FastifyRequest): void {
  if (!JSON_TYPE.test(mediaType ?? '')) {
    throw new ProblemError('UNSUPPORTED_MEDIA_TYPE', 'the content-type must be application/json');
  }
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new ProblemError('UNSUPPORTED_MEDIA_TYPE', 'the body must be sent without content-encoding');
  }
}

/**
 * One parser for everything. Fastify would parse before any handler runs; routes with `rawBody` get their
 * body unread, because what may be read of it depends on checks that come first.
 */
export function registerBodyParser(instance: FastifyInstance, settings: BodySettings): void {
  const parseJson = instance.getDefaultJsonParser('error', 'error');
  const read = async (request: FastifyRequest): Promise<string | undefined> => {
    refuseOtherTypes(request);
    const limitBytes = request.routeOptions.config.bodyLimitBytes ?? settings.bodyLimitBytes;
    const body = await readRawBody(request.raw, { limitBytes, timeoutMs: settings.bodyTimeoutMs });
    // Clients set a content-type on every request; a DELETE without a body is complete.
    return body.length === 0 && request.method === 'DELETE' ? undefined : jsonText(body);
  };
  instance.removeAllContentTypeParsers();
  instance.addContentTypeParser('*', (request, _payload, done) => {
    if (request.is404 || request.routeOptions.config.rawBody === true) return done(null);
    read(request).then(
      (text) =>
        text === undefined
          ? done(null)
          : void parseJson(request, text, (error, value) => done(error && notJson(), value)),
      done,
    );
  });
}
