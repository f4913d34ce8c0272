import { type EdgeApp, startEdge } from './edge-app';

const as = (role: string) => ({ authorization: `Bearer key-${role}` });
const post = (body: string, headers: Record<string, string> = {}) => ({
  method: 'POST',
  body,
  headers: { 'content-type': 'application/json', ...as('operator'), ...headers },
});

let edge: EdgeApp;
beforeAll(async () => {
  edge = await startEdge();
});
afterAll(() => edge.close());

const HEX = /^[\da-f]{32}$/;

function expectProblem(
  answer: Response | { status: number },
  body: unknown,
  status: number,
  code: string,
): void {
  expect(answer.status).toBe(status);
  expect(body).toMatchObject({
    type: `urn:courier-gateway:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title: expect.any(String) as string,
    status,
    detail: expect.any(String) as string,
    code,
    traceId: expect.stringMatching(HEX) as string,
  });
}

async function call(path: string, init: RequestInit = {}) {
  const answer = await fetch(edge.url + path, init);
  const text = await answer.text();
  const json = (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown>;
  return { answer, text, json, status: answer.status, headers: answer.headers };
}

describe('every answer', () => {
  it.each([
    ['a normal one', '/v1/admin/things', { headers: as('viewer') }],
    ['a refusal', '/v1/admin/things', {}],
    ['an unknown route', '/nowhere', {}],
    ['a fault of ours', '/boom', {}],
    ['an address that cannot be decoded', '/v1/webhooks/%zz', {}],
    [
      'a wrong media type',
      '/v1/admin/things',
      { method: 'POST', body: 'x', headers: { 'content-type': 'a/b' } },
    ],
  ])('has the security headers and a request id: %s', async (_, path, init) => {
    const { headers } = await call(path, init);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect(headers.get('x-request-id')).toMatch(HEX);
  });

  it('lets pages load what is ours', async () => {
    const { headers } = await call('/pages/one');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it.each(['harness-42', 'a b~!', 'x'.repeat(128)])('echoes x-request-id: %.20s', async (id) => {
    expect((await call('/nowhere', { headers: { 'x-request-id': id } })).headers.get('x-request-id')).toBe(
      id,
    );
    const json = post('{"note":"n"}', { 'x-request-id': id });
    expect((await call('/v1/admin/things', json)).headers.get('x-request-id')).toBe(id);
  });

  it.each(['x'.repeat(129), 'ü', ''])('does not echo what it could not log: %.20j', async (id) => {
    const { headers } = await call('/nowhere', { headers: { 'x-request-id': id } });
    expect(headers.get('x-request-id')).toMatch(HEX);
  });
});

describe('traces', () => {
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

  it('goes on with the sender’s', async () => {
    const { json } = await call('/v1/webhooks/acme', { method: 'POST', body: 'x', headers: { traceparent } });
    expect(json).toMatchObject({ traceId: '4bf92f3577b34da6a3ce929d0e0e4736', traceparent });
    const problem = await call('/nowhere', { headers: { traceparent } });
    expect(problem.json['traceId']).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
  });

  it('begins one where there is none to go on with', async () => {
    const init = { method: 'POST', body: 'x', headers: { traceparent: 'nonsense' } };
    const [one, two] = [await call('/v1/webhooks/acme', init), await call('/v1/webhooks/acme', init)];
    expect(one.json['traceId']).toMatch(HEX);
    expect(one.json['traceId']).not.toBe(two.json['traceId']);
  });
});

describe('routes', () => {
  it('answers 404 to what is not there', async () => {
    const { answer, json } = await call('/nowhere?token=CANARY');
    expectProblem(answer, json, 404, 'NOT_FOUND');
    expect(JSON.stringify(json)).not.toContain('CANARY');
  });

  it.each([
    ['DELETE', '/v1/webhooks/acme', 'POST'],
    ['POST', '/boom', 'GET, HEAD'],
    ['OPTIONS', '/v1/webhooks/acme', 'POST'],
  ])('answers 405 to %s %s', async (method, path, allow) => {
    const { answer, json } = await call(path, { method });
    expectProblem(answer, json, 405, 'METHOD_NOT_ALLOWED');
    expect(answer.headers.get('allow')).toBe(allow);
  });

  it('takes no part of a path that is empty or endless', async () => {
    expectProblem(...(await problemOf('/v1/webhooks/', { method: 'POST', body: 'x' })), 404, 'NOT_FOUND');
    const endless = `/v1/webhooks/${'x'.repeat(2000)}`;
    expectProblem(...(await problemOf(endless, { method: 'POST', body: 'x' })), 404, 'NOT_FOUND');
    expectProblem(...(await problemOf('/v1/webhooks/%zz')), 400, 'BAD_REQUEST');
  });

  it('keeps faults of ours to itself', async () => {
    const { answer, json, text } = await call('/boom');
    expectProblem(answer, json, 500, 'INTERNAL');
    expect(text).not.toContain('hunter2');
  });

  async function problemOf(path: string, init: RequestInit = {}) {
    const { answer, json } = await call(path, init);
    return [answer, json] as const;
  }
});

describe('the admin API', () => {
  it.each([
    ['no key', {}],
    ['a wrong key', { authorization: 'Bearer key-other' }],
    ['another scheme', { authorization: 'Basic key-admin' }],
    ['an empty key', { authorization: 'Bearer ' }],
  ])('answers 401 to %s, on routes that exist and on others', async (_, headers) => {
    for (const [method, path] of [
      ['GET', '/v1/admin/things'],
      ['POST', '/v1/admin/things'],
      ['GET', '/v1/admin/nothing'],
      ['DELETE', '/v1/admin/things'],
      ['GET', '/v1/admin'],
    ] as const) {
      const { answer, json } = await call(path, { method, headers });
      expectProblem(answer, json, 401, 'UNAUTHORIZED');
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  it('reads no body before it knows the key', async () => {
    const { answer, json } = await call('/v1/admin/things', { method: 'POST', body: 'not JSON' });
    expectProblem(answer, json, 401, 'UNAUTHORIZED');
  });

  it('takes one key, not two', async () => {
    const connection = await edge.connect();
    const twice = 'authorization: Bearer key-admin\r\n'.repeat(2);
    connection.write(`GET /v1/admin/things HTTP/1.1\r\nhost: x\r\n${twice}\r\n`);
    const answer = await connection.answer();
    expectProblem(answer, answer.json, 401, 'UNAUTHORIZED');
    connection.close();
  });

  it('tells a key that a route does not exist', async () => {
    const unknown = await call('/v1/admin/nothing', { headers: as('viewer') });
    expectProblem(unknown.answer, unknown.json, 404, 'NOT_FOUND');
    const method = await call('/v1/admin/things', { method: 'DELETE', headers: as('viewer') });
    expectProblem(method.answer, method.json, 405, 'METHOD_NOT_ALLOWED');
  });

  it('asks for the role that the route needs', async () => {
    const list = await call('/v1/admin/things', { headers: as('viewer') });
    expect(list.json).toEqual({ limit: 50, principal: { name: 'the viewer', role: 'viewer' } });
    const refused = await call('/v1/admin/things', post('{"note":"n"}', as('viewer')));
    expectProblem(refused.answer, refused.json, 403, 'FORBIDDEN');
    expect((await call('/v1/admin/things', post('{"note":"n"}'))).json).toEqual({ note: 'n' });
    expect((await call('/v1/admin/things', post('{"note":"n"}', as('admin')))).status).toBe(201);
    const higher = await call('/v1/admin/things/remove', { method: 'POST', headers: as('operator') });
    expectProblem(higher.answer, higher.json, 403, 'FORBIDDEN');
  });

  it('names the field of a query', async () => {
    const { answer, json } = await call('/v1/admin/things?limit=0&other=1', { headers: as('viewer') });
    expectProblem(answer, json, 400, 'INVALID_PAYLOAD');
    expect(json['errors']).toEqual(
      expect.arrayContaining([
        { path: '/limit', message: 'must be a whole number from 1 to 200' },
        { path: '/other', message: 'is not known here: remove it' },
      ]),
    );
  });
});

describe('JSON bodies', () => {
  it.each(['application/json', 'application/JSON; charset=utf-8', 'application/merge-patch+json'])(
    'are read as %s',
    async (type) => {
      const { json } = await call('/v1/admin/things', post('{"note":"ü"}', { 'content-type': type }));
      expect(json).toEqual({ note: 'ü' });
    },
  );

  it.each([
    ['text/plain', {}],
    ['application/jsonp', {}],
    ['application/x-www-form-urlencoded', {}],
    ['multipart/form-data; boundary=x', {}],
    ['nonsense', {}],
    ['application/json', { 'content-encoding': 'gzip' }],
  ])('are refused as %s %j', async (type, headers) => {
    const { answer, json } = await call(
      '/v1/admin/things',
      post('{"note":"n"}', { 'content-type': type, ...headers }),
    );
    expectProblem(answer, json, 415, 'UNSUPPORTED_MEDIA_TYPE');
  });

  it('need a type', async () => {
    const body = new Uint8Array(Buffer.from('{"note":"n"}'));
    const { answer, json } = await call('/v1/admin/things', {
      method: 'POST',
      body,
      headers: as('operator'),
    });
    expectProblem(answer, json, 415, 'UNSUPPORTED_MEDIA_TYPE');
  });

  it.each([
    ['nothing', ''],
    ['half of one', '{"note":'],
    ['another prototype', '{"note":"n","__proto__":{"a":1}}'],
    ['a constructor', '{"note":"n","constructor":{"prototype":{"a":1}}}'],
    ['a list', '[]'],
    ['a deep one', `{"note":${'['.repeat(70)}${']'.repeat(70)}}`],
    ['a very deep one', '['.repeat(450)],
    ['an unknown member', '{"note":"n","more":1}'],
  ])('are refused with %s', async (_, body) => {
    const { answer, json } = await call('/v1/admin/things', post(body));
    expectProblem(answer, json, 400, 'INVALID_PAYLOAD');
    expect(json['errors']).toHaveLength(1);
  });

  it('have a limit, with and without content-length', async () => {
    const large = JSON.stringify({ note: 'x'.repeat(500) });
    const declared = await call('/v1/admin/things', post(large));
    expectProblem(declared.answer, declared.json, 413, 'PAYLOAD_TOO_LARGE');
    const connection = await edge.connect();
    connection.write(
      'POST /v1/admin/things HTTP/1.1\r\nhost: x\r\nauthorization: Bearer key-operator\r\n' +
        `content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${large.length.toString(16)}\r\n${large}\r\n`,
    );
    const chunked = await connection.answer();
    expectProblem(chunked, chunked.json, 413, 'PAYLOAD_TOO_LARGE');
    expect(await connection.closed()).toBeUndefined();
  });

  it('may be absent where a route needs none', async () => {
    const { status } = await call('/v1/admin/things/remove', { method: 'POST', headers: as('admin') });
    expect(status).toBe(201);
  });
});

describe('observers', () => {
  it('see every request once, by its route', async () => {
    edge.recorder.seen.length = 0;
    await call('/v1/webhooks/acme', { method: 'POST', body: 'x' });
    await call('/v1/admin/things', { headers: as('viewer') });
    await call('/v1/admin/things', { method: 'HEAD', headers: as('viewer') });
    await call('/v1/admin/things', post('not json'));
    await call('/nowhere/CANARY');
    await call('/v1/admin/things', { method: 'DELETE', headers: as('viewer') });
    // An observer hears of a request when its answer has left, which its receiver may see first.
    while (edge.recorder.seen.length < 6) await new Promise(setImmediate);
    const seen = edge.recorder.seen.map(({ route, method, status, principal }) => [
      route,
      method,
      status,
      principal,
    ]);
    expect(seen).toEqual([
      ['/v1/webhooks/:partnerId', 'POST', 202, undefined],
      ['/v1/admin/things', 'GET', 200, 'the viewer'],
      ['/v1/admin/things', 'HEAD', 200, 'the viewer'],
      ['/v1/admin/things', 'POST', 400, 'the operator'],
      ['(none)', 'GET', 404, undefined],
      ['(none)', 'DELETE', 405, undefined],
    ]);
    expect(edge.recorder.seen.every(({ durationMs }) => durationMs > 0)).toBe(true);
  });
});
