import { connect } from 'node:net';
import fastify from 'fastify';
import { addressOf } from './address-of';

it.each<{ trustProxy: false | string[] }>([{ trustProxy: false }, { trustProxy: ['127.0.0.1'] }])(
  'should be an empty text once the peer has reset: %j',
  async ({ trustProxy }) => {
    const server = fastify({ trustProxy });
    const told = new Promise<string>((resolve) => {
      server.get('/', (request, reply) => {
        reply.hijack();
        request.raw.socket.once('close', () => resolve(addressOf(request)));
        client.resetAndDestroy();
      });
    });
    const url = new URL(await server.listen({ port: 0, host: '127.0.0.1' }));
    const client = connect(Number(url.port), url.hostname);
    client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await expect(told).resolves.toBe('');
    await server.close();
  },
  5_000,
);
