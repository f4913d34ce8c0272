import { type Dispatcher, request } from 'undici';
import { CliError } from './cli-error';

const TIMEOUT_MS = 20_000;

export interface AdminCall {
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
}

export interface AdminAnswer {
  readonly value: unknown;
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The gateway's admin API, as the operator whose key it was given. */
export class AdminClient {
  constructor(
    private readonly url: string,
    private readonly apiKey: string | undefined,
  ) {}

  async call(method: string, path: string, call: AdminCall = {}): Promise<AdminAnswer> {
    const response = await this.send(method, path, call);
    if (!isSuccess(response)) throw await refusal(response);
    return answerOf(response, this.url);
  }

  /** For bodies that are not JSON. */
  async bytes(path: string): Promise<Buffer> {
    const response = await this.send('GET', path, {});
    if (!isSuccess(response)) throw await refusal(response);
    return Buffer.from(await response.body.arrayBuffer());
  }

  private async send(method: string, path: string, call: AdminCall): Promise<Dispatcher.ResponseData> {
    const { query = {}, body } = call;
    if (this.apiKey === undefined) {
      throw new CliError(
        'no API key',
        'Set GATEWAY_API_KEY (or GATEWAY_API_KEY_FILE) to a key of the gateway.',
      );
    }
    const url = new URL(`${this.url.replace(/\/+$/, '')}/v1/admin${path}`);
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, value);
    const json = body === undefined ? undefined : JSON.stringify(body);
    try {
      return await request(url, {
        method,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: {
          authorization: `Bearer ${this.apiKey}`,
          accept: 'application/json',
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(json === undefined ? {} : { body: json }),
      });
    } catch (error) {
      throw new CliError(
        `no gateway answers at ${url.origin}: ${causeOf(error)}`,
        'Set GATEWAY_URL (or --url) to the address of a gateway with ROLE=api or both.',
      );
    }
  }
}

const isSuccess = ({ statusCode }: Dispatcher.ResponseData): boolean => statusCode >= 200 && statusCode < 300;

async function answerOf({ body }: Dispatcher.ResponseData, url: string): Promise<AdminAnswer> {
  const text = await body.text();
  return { value: text === '' ? undefined : parsed(text, url) };
}

/** A name with several addresses fails with one error for each. */
function causeOf(error: unknown): string {
  if (error instanceof AggregateError) return [...new Set(error.errors.map(causeOf))].join(', ');
  return error instanceof Error ? error.message : 'unknown cause';
}

function parsed(text: string, url: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new CliError(
      `${url} answered something that is not JSON`,
      'Is GATEWAY_URL the address of a gateway?',
    );
  }
}

/** The gateway's own words: what was expected, and each fault with its path. */
async function refusal({ statusCode, body }: Dispatcher.ResponseData): Promise<CliError> {
  const text = await body.text();
  let problem: unknown;
  try {
    problem = JSON.parse(text);
  } catch {
    return new CliError(`the answer was ${statusCode}, not by a gateway`, 'Is GATEWAY_URL right?');
  }
  if (!isRecord(problem)) return new CliError(`the answer was ${statusCode}`);
  const { code, detail, title, errors } = problem;
  const faults = Array.isArray(errors) ? errors.filter(isRecord) : [];
  const lines = faults.map(({ path, message }) => `  ${wordOf(path) || '(the whole)'}: ${wordOf(message)}`);
  const said = `${statusCode} ${wordOf(code)}: ${wordOf(detail ?? title)}`;
  return new CliError([said, ...lines].join('\n'), hintFor(statusCode));
}

const wordOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function hintFor(status: number): string | undefined {
  if (status === 401) return 'GATEWAY_API_KEY is not a key of this gateway, or has expired.';
  if (status === 403) return 'This key may not do that; ask for one with a higher role.';
  return undefined;
}
