import { type EdgeApp, startEdge } from './edge-app';
import { as, call, expectProblem, HEX, post } from './calls';

let edge: EdgeApp;
beforeAll(async () => {
  edge = await startEdge();
});
afterAll(() => edge.close());

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
    const { headers } = await call(edge, path, init);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect(headers.get('x-request-id')).toMatch(HEX);
  });

  it('lets pages load what is ours', async () => {
    const { headers } = await call(edge, '/pages/one');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it.each(['harness-42', 'a b~!', 'x'.repeat(128)])('echoes x-request-id: %.20s', async (id) => {
    expect(
      (await call(edge, '/nowhere', { headers: { 'x-request-id': id } })).headers.get('x-request-id'),
    ).toBe(id);
    const json = post('{"note":"n"}', { 'x-request-id': id });
    expect((await call(edge, '/v1/admin/things', json)).headers.get('x-request-id')).toBe(id);
  });

  it.each(['x'.repeat(129), 'ü', ''])('does not echo what it could not log: %.20j', async (id) => {
    const { headers } = await call(edge, '/nowhere', { headers: { 'x-request-id': id } });
    expect(headers.get('x-request-id')).toMatch(HEX);
  });
});

describe('traces', () => {
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

  it('goes on with the sender’s', async () => {
    const { json } = await call(edge, '/v1/webhooks/acme', {
      method: 'POST',
      body: 'x',
      headers: { traceparent },
    });
    expect(json).toMatchObject({ traceId: '4bf92f3577b34da6a3ce929d0e0e4736', traceparent });
    const problem = await call(edge, '/nowhere', { headers: { traceparent } });
    expect(problem.json['traceId']).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
  });

  it('begins one where there is none to go on with', async () => {
    const init = { method: 'POST', body: 'x', headers: { traceparent: 'nonsense' } };
    const [one, two] = [
      await call(edge, '/v1/webhooks/acme', init),
      await call(edge, '/v1/webhooks/acme', init),
    ];
    expect(one.json['traceId']).toMatch(HEX);
    expect(one.json['traceId']).not.toBe(two.json['traceId']);
  });
});

describe('routes', () => {
  it('answers 404 to what is not there', async () => {
    const { answer, json } = await call(edge, '/nowhere?token=CANARY');
    expectProblem(answer, json, 404, 'NOT_FOUND');
    expect(JSON.stringify(json)).not.toContain('CANARY');
  });

  it.each([
    ['DELETE', '/v1/webhooks/acme', 'POST'],
    ['POST', '/boom', 'GET, HEAD'],
    ['OPTIONS', '/v1/webhooks/acme', 'POST'],
  ])('answers 405 to %s %s', async (method, path, allow) => {
    const { answer, json } = await call(edge, path, { method });
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
    const { answer, json, text } = await call(edge, '/boom');
    expectProblem(answer, json, 500, 'INTERNAL');
    expect(text).not.toContain('hunter2');
  });

  async function problemOf(path: string, init: RequestInit = {}) {
    const { answer, json } = await call(edge, path, init);
    return [answer, json] as const;
  }
});

describe('observers', () => {
  it('see every request once, by its route', async () => {
    edge.recorder.seen.length = 0;
    await call(edge, '/v1/webhooks/acme', { method: 'POST', body: 'x' });
    await call(edge, '/v1/admin/things', { headers: as('viewer') });
    await call(edge, '/v1/admin/things', { method: 'HEAD', headers: as('viewer') });
    await call(edge, '/v1/admin/things', post('not json'));
    await call(edge, '/nowhere/CANARY');
    await call(edge, '/v1/admin/things', { method: 'DELETE', headers: as('viewer') });
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
