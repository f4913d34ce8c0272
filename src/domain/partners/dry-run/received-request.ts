import { type WebhookRequest } from '../compiled-partner';
import { type ParsedHeaders } from '../rules/kept-parts';
import { partsOf } from '../signature/url-parts';
import { type DryRunRequest } from './dry-run-request';

/** A written down request in the forms in which the intake meets one. */
export interface ReceivedRequest {
  readonly request: WebhookRequest;
  readonly headers: ParsedHeaders;
}

/** Of these Node keeps the first one only. */
const KEPT_ONCE: ReadonlySet<string> = new Set([
  'age',
  'authorization',
  'content-length',
  'content-type',
  'etag',
  'expires',
  'from',
  'host',
  'if-modified-since',
  'if-unmodified-since',
  'last-modified',
  'location',
  'max-forwards',
  'proxy-authorization',
  'referer',
  'retry-after',
  'server',
  'user-agent',
]);

/** As it comes over the wire: one character for each byte. */
const wireText = (value: string): string => Buffer.from(value, 'utf8').toString('latin1');

type Line = readonly [name: string, value: string];

const linesOf = ({ headers = {} }: DryRunRequest): readonly Line[] =>
  Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().map((value): Line => [name, wireText(value)]),
  );

function parsedHeaders(lines: readonly Line[]): ParsedHeaders {
  const parsed = new Map<string, string>();
  for (const [name, value] of lines) {
    const known = parsed.get(name.toLowerCase());
    if (known === undefined) parsed.set(name.toLowerCase(), value);
    else if (!KEPT_ONCE.has(name.toLowerCase())) parsed.set(name.toLowerCase(), `${known}, ${value}`);
  }
  return Object.fromEntries(parsed);
}

const bodyOf = ({ body = '', bodyBase64 }: DryRunRequest): Buffer =>
  bodyBase64 === undefined ? Buffer.from(body, 'utf8') : Buffer.from(bodyBase64, 'base64');

const targetOf = ({ path, url }: DryRunRequest, partnerId: string): string => {
  if (path !== undefined) return path;
  return url === undefined ? `/v1/webhooks/${partnerId}` : partsOf(url).target || '/';
};

export function receivedRequest(written: DryRunRequest, partnerId: string): ReceivedRequest {
  const lines = linesOf(written);
  const headers = parsedHeaders(lines);
  const contentType = headers['content-type'];
  return {
    headers,
    request: {
      method: (written.method ?? 'POST').toUpperCase(),
      target: targetOf(written, partnerId),
      ...(written.url !== undefined && { url: written.url }),
      rawHeaders: lines.flat(),
      body: bodyOf(written),
      contentType: typeof contentType === 'string' ? contentType : '',
    },
  };
}
