import type { HttpSettings } from '#platform/http/http-settings';
import { type EdgeApp, startEdge } from './edge-app';

let edge: EdgeApp | undefined;
afterEach(() => edge?.close());

async function addressSeen(trustProxy: HttpSettings['trustProxy'], forwarded: string): Promise<unknown> {
  edge = await startEdge({ trustProxy });
  const init = { method: 'POST', body: 'x', headers: { 'x-forwarded-for': forwarded } };
  const answer = (await (await fetch(`${edge.url}/v1/webhooks/acme`, init)).json()) as Record<
    string,
    unknown
  >;
  return answer['ip'];
}

it.each<[HttpSettings['trustProxy'], string, string]>([
  [false, '203.0.113.9', '127.0.0.1'],
  [1, '203.0.113.9', '203.0.113.9'],
  [1, '203.0.113.9, 198.51.100.7', '198.51.100.7'],
  [2, '203.0.113.9, 198.51.100.7', '203.0.113.9'],
  [['127.0.0.0/8'], '203.0.113.9, 198.51.100.7', '198.51.100.7'],
  [['loopback', '198.51.100.0/24'], '203.0.113.9, 198.51.100.7', '203.0.113.9'],
  [['10.0.0.0/8'], '203.0.113.9', '127.0.0.1'],
])('trusting %j, a request forwarded for %s came from %s', async (trustProxy, forwarded, address) => {
  expect(await addressSeen(trustProxy, forwarded)).toBe(address);
});
