import { type EdgeApp, startEdge } from './edge-app';
import { as, call, expectProblem, post } from './calls';

let edge: EdgeApp;
beforeAll(async () => {
  edge = await startEdge();
});
afterAll(() => edge.close());

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
      const { answer, json } = await call(edge, path, { method, headers });
      expectProblem(answer, json, 401, 'UNAUTHORIZED');
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  it('reads no body before it knows the key', async () => {
    const { answer, json } = await call(edge, '/v1/admin/things', { method: 'POST', body: 'not JSON' });
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
    const unknown = await call(edge, '/v1/admin/nothing', { headers: as('viewer') });
    expectProblem(unknown.answer, unknown.json, 404, 'NOT_FOUND');
    const method = await call(edge, '/v1/admin/things', { method: 'DELETE', headers: as('viewer') });
    expectProblem(method.answer, method.json, 405, 'METHOD_NOT_ALLOWED');
  });

  it('asks for the role that the route needs', async () => {
    const list = await call(edge, '/v1/admin/things', { headers: as('viewer') });
    expect(list.json).toEqual({ limit: 50, principal: { name: 'the viewer', role: 'viewer' } });
    const refused = await call(edge, '/v1/admin/things', post('{"note":"n"}', as('viewer')));
    expectProblem(refused.answer, refused.json, 403, 'FORBIDDEN');
    expect((await call(edge, '/v1/admin/things', post('{"note":"n"}'))).json).toEqual({ note: 'n' });
    expect((await call(edge, '/v1/admin/things', post('{"note":"n"}', as('admin')))).status).toBe(201);
    const higher = await call(edge, '/v1/admin/things/remove', { method: 'POST', headers: as('operator') });
    expectProblem(higher.answer, higher.json, 403, 'FORBIDDEN');
  });

  it('names the field of a query', async () => {
    const { answer, json } = await call(edge, '/v1/admin/things?limit=0&other=1', { headers: as('viewer') });
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
      const { json } = await call(edge, '/v1/admin/things', post('{"note":"ü"}', { 'content-type': type }));
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
      edge,
      '/v1/admin/things',
      post('{"note":"n"}', { 'content-type': type, ...headers }),
    );
    expectProblem(answer, json, 415, 'UNSUPPORTED_MEDIA_TYPE');
  });

  it('need a type', async () => {
    const body = new Uint8Array(Buffer.from('{"note":"n"}'));
    const { answer, json } = await call(edge, '/v1/admin/things', {
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
    const { answer, json } = await call(edge, '/v1/admin/things', post(body));
    expectProblem(answer, json, 400, 'INVALID_PAYLOAD');
    expect(json['errors']).toHaveLength(1);
  });

  it('have a limit, with and without content-length', async () => {
    const large = JSON.stringify({ note: 'x'.repeat(500) });
    const declared = await call(edge, '/v1/admin/things', post(large));
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
    const { status } = await call(edge, '/v1/admin/things/remove', { method: 'POST', headers: as('admin') });
    expect(status).toBe(201);
  });
});
