import { type IncomingHttpHeaders } from 'node:http';
import { request } from 'undici';

export interface Call {
  readonly headers?: Record<string, string | string[]>;
  /** Sent as it is. */
  readonly body?: string | Uint8Array;
  /** Sent as JSON, with its content type. */
  readonly json?: unknown;
  /** An API key: sent as `Authorization: Bearer …`. */
  readonly bearer?: string;
  readonly timeoutMs?: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The parsed body, or undefined where it is not JSON. */
  readonly json: unknown;
}

/** One request over a real socket. Never throws for a status; does throw when there is no answer. */
export async function call(method: string, url: string, options: Call = {}): Promise<Answer> {
  const { timeoutMs = 15_000 } = options;
  const response = await request(url, {
    method,
    headers: headersOf(options),
    body: bodyOf(options),
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  const text = await response.body.text();
  return { status: response.statusCode, headers: response.headers, text, json: parsed(text) };
}

function headersOf({ headers, json, bearer }: Call): Record<string, string | string[]> {
  return {
    ...(json !== undefined && { 'content-type': 'application/json' }),
    ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
    ...headers,
  };
}

function bodyOf({ body, json }: Call): string | Uint8Array | null {
  return json === undefined ? (body ?? null) : JSON.stringify(json);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
