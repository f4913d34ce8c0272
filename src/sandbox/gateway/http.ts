const TIMEOUT_MS = 10_000;

export interface Answer {
  readonly status: number;
  readonly bytes: Buffer;
  /** The parsed body; `undefined` where it is not JSON. */
  readonly json: unknown;
}

export interface RequestParts {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

/** One request. Any status is an answer; no answer is an error that says where there was none. */
export async function send(method: string, url: string, { headers, body }: RequestParts): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headers },
      body: body ?? null,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    return { status: response.status, bytes, json: parsed(bytes) };
  } catch (error) {
    throw new Error(`${method} ${url}: no answer (${reasonOf(error)})`, { cause: error });
  }
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}

/** `fetch` hides what happened in the cause. */
function reasonOf(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return inner instanceof Error ? inner.message || inner.name : String(inner);
}
