import { randomBytes } from 'node:crypto';
import { type EdgeApp, LIMIT_BYTES, SLOW_MS, startEdge } from './edge-app';
import type { RawAnswer } from './raw-connection';

let edge: EdgeApp;
beforeAll(async () => {
  edge = await startEdge({ timeouts: { headersMs: 300 } });
});
afterAll(() => edge.close());

const post = (headers: string, body = '') =>
  `POST /v1/webhooks/acme HTTP/1.1\r\nhost: x\r\n${headers}\r\n${body}`;
const sized = (length: number) => `content-length: ${length}\r\n`;
const CHUNKED = 'transfer-encoding: chunked\r\n';
const chunk = (bytes: string) => `${bytes.length.toString(16)}\r\n${bytes}\r\n`;

function expectProblem(answer: RawAnswer, status: number, code: string): void {
  expect(answer.json).toMatchObject({
    status,
    code,
    traceId: expect.stringMatching(/^[\da-f]{32}$/) as string,
  });
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
}

async function exchange(...bytes: (string | Buffer)[]): Promise<RawAnswer & { closedBy: Error | undefined }> {
  const connection = await edge.connect();
  for (const part of bytes) connection.write(part);
  const answer = await connection.answer();
  return { ...answer, closedBy: await connection.closed() };
}

describe('a raw body', () => {
  it.each([0, 1, 500, LIMIT_BYTES])('of %i bytes arrives as it was sent', async (length) => {
    const body = randomBytes(length);
    const connection = await edge.connect();
    connection.write(post(sized(length))).write(body);
    const { status, json } = await connection.answer();
    expect([status, json['base64']]).toEqual([202, body.toString('base64')]);
    connection.close();
  });

  it('arrives whole in many pieces, and the connection goes on', async () => {
    const connection = await edge.connect();
    for (const round of ['first', 'second']) {
      connection.write(post(CHUNKED));
      for (const piece of [round, ' in', ' pieces']) connection.write(chunk(piece));
      connection.write('0\r\n\r\n');
      const { json } = await connection.answer();
      expect(Buffer.from(String(json['base64']), 'base64').toString()).toBe(`${round} in pieces`);
    }
    connection.close();
  });

  it('may be absent', async () => {
    const connection = await edge.connect();
    const { status, json } = await connection.write(post('')).answer();
    expect([status, json['base64']]).toEqual([202, '']);
    connection.close();
  });

  it('is not mixed up with the next request on the connection', async () => {
    const connection = await edge.connect();
    connection.write(post(sized(3), 'one') + post(sized(3), 'two'));
    const answers = [await connection.answer(), await connection.answer()];
    expect(answers.map(({ json }) => Buffer.from(String(json['base64']), 'base64').toString())).toEqual([
      'one',
      'two',
    ]);
    connection.close();
  });
});

describe('a body over the limit', () => {
  it('is refused before it is sent', async () => {
    const answer = await exchange(post(sized(LIMIT_BYTES + 1)));
    expectProblem(answer, 413, 'PAYLOAD_TOO_LARGE');
    expect(answer.headers['connection']).toBe('close');
  });

  it('is refused while it comes in chunks', async () => {
    const answer = await exchange(post(CHUNKED), chunk('x'.repeat(LIMIT_BYTES)), chunk('y'));
    expectProblem(answer, 413, 'PAYLOAD_TOO_LARGE');
  });

  it.each([
    ['declared', post(sized(5_000_000)), 'x'.repeat(5_000_000)],
    ['in chunks', post(CHUNKED), chunk('x'.repeat(500_000)).repeat(10)],
  ])('leaves its sender the time to read the answer: %s', async (_, head, body) => {
    const answer = await exchange(head, body);
    expectProblem(answer, 413, 'PAYLOAD_TOO_LARGE');
    expect(answer.closedBy).toBeUndefined();
  });

  it('does not let the rest of it pass as another request', async () => {
    const smuggled = post(sized(3), 'two');
    const connection = await edge.connect();
    connection.write(post(sized(LIMIT_BYTES + 1)) + smuggled);
    expectProblem(await connection.answer(), 413, 'PAYLOAD_TOO_LARGE');
    await connection.closed();
    await expect(connection.answer()).rejects.toThrow('no whole answer, but ""');
  });
});

describe('a request that is too slow', () => {
  it('is answered 408 when its body stops', async () => {
    const startedAt = performance.now();
    const answer = await exchange(post(sized(10), 'half '));
    expectProblem(answer, 408, 'REQUEST_TIMEOUT');
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(SLOW_MS - 1);
    expect(answer.headers['connection']).toBe('close');
  });

  it('is answered 408 when its head stops', async () => {
    const answer = await exchange('POST /v1/webhooks/acme HTTP/1.1\r\nhost: x\r\n');
    expectProblem(answer, 408, 'REQUEST_TIMEOUT');
  });

  it('does no harm when its sender goes away', async () => {
    const connection = await edge.connect();
    connection.write(post(sized(10), 'half '));
    connection.close();
    const answer = await exchange(post(`${sized(3)}connection: close\r\n`, 'one'));
    expect(answer.status).toBe(202);
  });
});

describe('what is no request of ours', () => {
  it.each([
    ['a header of 1 MB', post(`x-large: ${'x'.repeat(1_000_000)}\r\n`), 431, 'HEADERS_TOO_LARGE'],
    ['many headers', post('x-many: 1\r\n'.repeat(3_000)), 431, 'HEADERS_TOO_LARGE'],
    [
      'an address of 1 MB',
      `GET /${'x'.repeat(1_000_000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
      431,
      'HEADERS_TOO_LARGE',
    ],
    ['noise', `${'\u0001'.repeat(100)}\r\n\r\n`, 400, 'BAD_REQUEST'],
    ['another protocol', 'GET / SPDY/9\r\n\r\n', 400, 'BAD_REQUEST'],
    ['two lengths', post(sized(3) + sized(4), 'one'), 400, 'BAD_REQUEST'],
    ['a length and chunks', post(sized(3) + CHUNKED, chunk('one')), 400, 'BAD_REQUEST'],
    ['a length that is none', post('content-length: -1\r\n'), 400, 'BAD_REQUEST'],
    ['a chunk that is none', post(CHUNKED, 'zz\r\n'), 400, 'BAD_REQUEST'],
    ['a line feed in a header', post('x-a: 1\nx-b: 2\r\n'), 400, 'BAD_REQUEST'],
  ])('is answered as a problem: %s', async (_, bytes, status, code) => {
    const answer = await exchange(bytes);
    expectProblem(answer, status, code);
    expect(answer.headers['x-request-id']).toBe(answer.json['traceId']);
    expect(answer.closedBy).toBeUndefined();
  });

  it('is not read to the end where nobody wants it', async () => {
    const answer = await exchange(
      `POST /nowhere HTTP/1.1\r\nhost: x\r\n${sized(1_000_000_000)}\r\n`,
      'x'.repeat(1_000_000),
    );
    expectProblem(answer, 404, 'NOT_FOUND');
    expect(answer.headers['connection']).toBe('close');
  });

  it('keeps the connection where little is left unread', async () => {
    const connection = await edge.connect();
    connection.write(`POST /nowhere HTTP/1.1\r\nhost: x\r\n${sized(3)}\r\none`);
    expectProblem(await connection.answer(), 404, 'NOT_FOUND');
    connection.write(post(sized(3), 'two'));
    expect((await connection.answer()).status).toBe(202);
    connection.close();
  });
});
