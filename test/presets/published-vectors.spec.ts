import { parsePartnerDocument } from '#domain/partners/parse-partner-document';
import { PresetLibrary } from '#domain/partners/preset-library';
import { signRequest } from '#domain/partners/signing/sign-request';
import {
  PUBLISHED_SIGNATURES,
  type PublishedVector,
  publishedVectors,
} from '#domain/partners/testing/published-vectors';
import { ADMIN_API_KEY, type GatewayProcess, startGateway } from '../support/gateway-process';
import { type Answer, call } from '../support/http';
import { testDatabase } from '../support/test-database';
import { until } from '../support/until';

const vectors = publishedVectors();
const idOf = (vector: PublishedVector): string => `v-${vectors.indexOf(vector)}`;
const documentOf = (vector: PublishedVector) => ({
  id: idOf(vector),
  signature: PUBLISHED_SIGNATURES[vector.scheme],
  secrets: [{ value: vector.secret }],
});

/** The same request as the sender would sign it now; what was published was signed in another year. */
function signedAnew(vector: PublishedVector, url: string): Record<string, string> {
  const { secrets: _, ...unsigned } = documentOf(vector);
  const parsed = parsePartnerDocument(unsigned, PresetLibrary.load());
  if (!parsed.ok) throw new Error(`${vector.name} has no right document`);
  const { host: _host, ...headers } = signRequest({
    document: parsed.document,
    alternative: undefined,
    key: { secret: vector.secret, keyId: undefined },
    outgoing: { method: vector.method, url: new URL(url), headers: {}, body: Buffer.from(vector.body) },
    id: 'msg_vector',
    at: new Date(),
  }).headers;
  return headers;
}

describe('published signatures, at a running gateway', () => {
  const stores = testDatabase();
  let gateway: GatewayProcess;

  const admin = (method: string, path: string, json: unknown): Promise<Answer> =>
    call(method, `${gateway.url}/v1/admin${path}`, { bearer: ADMIN_API_KEY, json });

  beforeAll(async () => {
    gateway = await startGateway({ role: 'api', stores });
    for (const vector of vectors) {
      const answer = await admin('POST', '/partners', documentOf(vector));
      if (answer.status !== 201) throw new Error(`${vector.name}: ${answer.text}`);
    }
    await until(
      async () => {
        const [last] = vectors.slice(-1);
        const answer = last && (await call('POST', `${gateway.url}/v1/webhooks/${idOf(last)}`, { json: {} }));
        return answer?.status === 401;
      },
      { what: 'the last partner to be known' },
    );
  });
  afterAll(async () => {
    await gateway.kill();
    await stores.cleanup();
  });

  it.each(vectors.map((vector) => [vector.name, vector] as const))('should judge %s', async (_, vector) => {
    const { headers, body, method, valid, verify_at: at } = vector;
    const tried = await admin('POST', `/partners/${idOf(vector)}/dry-run`, {
      method,
      headers,
      body,
      ...(at !== undefined && { at: new Date(at * 1000).toISOString() }),
    });
    expect(tried.json).toMatchObject({ signature: { valid } });

    const url = `${gateway.url}/v1/webhooks/${idOf(vector)}`;
    const sent = valid && at !== undefined ? signedAnew(vector, url) : headers;
    const live = await call('POST', url, { headers: { 'content-type': 'application/json', ...sent }, body });
    // A request that was believed and has no body is refused for that, as one may say only to who is known.
    const believed = body === '' ? 400 : 202;
    expect({ name: vector.name, status: live.status }).toEqual({
      name: vector.name,
      status: valid ? believed : 401,
    });
  });
});
