import { once } from 'node:events';
import { type EdgeApp, startEdge } from './edge-app';

const post = (length: number, body: string) =>
  `POST /v1/webhooks/acme HTTP/1.1\r\nhost: x\r\ncontent-length: ${length}\r\n\r\n${body}`;

describe('closing', () => {
  let edge: EdgeApp;
  beforeEach(async () => {
    edge = await startEdge({ timeouts: { drainMs: 300 } });
  });

  it('answers what is under way and does not wait for idle connections', async () => {
    const idle = await edge.connect();
    idle.write(post(3, 'one'));
    expect((await idle.answer()).status).toBe(202);
    const busy = await edge.connect();
    const arrived = once(edge.app.getHttpServer(), 'request');
    busy.write(post(7, 'half'));
    await arrived;
    const closing = edge.close();
    await idle.closed();
    busy.write(' it');
    const answer = await busy.answer();
    expect(answer.status).toBe(202);
    await busy.closed();
    await closing;
  });

  it('does not wait for ever', async () => {
    const stuck = await edge.connect();
    stuck.write('POST /v1/webhooks/acme HTTP/1.1\r\nhost:');
    const closing = edge.close();
    await stuck.closed();
    await closing;
  });
});
