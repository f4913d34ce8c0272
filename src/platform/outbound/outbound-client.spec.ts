import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { AddressRefusedError, isPublicAddress } from './address-guard';
import { OutboundClient, OutboundError } from './outbound-client';

const servers: Server[] = [];
const clients: OutboundClient[] = [];

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listening(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  return port;
}

function aClient(...settings: ConstructorParameters<typeof OutboundClient>): OutboundClient {
  const client = new OutboundClient(...settings);
  clients.push(client);
  return client;
}

const open = { allowPrivateAddresses: true };

describe('an outbound call', () => {
  it.each([
    '127.0.0.1',
    'localhost',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '2130706433',
    '0x7f.1',
    '127.1',
    '0.0.0.0',
    '[::]',
    '[64:ff9b::7f00:1]',
  ])('should never reach what only this machine can reach: %s', async (host) => {
    let calls = 0;
    const port = await listening((_, response) => {
      calls += 1;
      response.end('secret');
    });
    await expect(aClient().getText(`http://${host}:${port}/`)).rejects.toThrow(AddressRefusedError);
    expect(calls).toBe(0);
  });

  it.each(['127.0.0.1', 'localhost'])('should go to %s only where a setting says so', async (host) => {
    const port = await listening((_, response) => response.end('hello'));
    expect(await aClient(open).getText(`http://${host}:${port}/`)).toBe('hello');
  });

  it.each([301, 302, 404, 500, 204])('should take %d for no answer, and follow nothing', async (status) => {
    let calls = 0;
    const port = await listening((_, response) => {
      calls += 1;
      response.writeHead(status, { location: '/elsewhere' }).end();
    });
    const call = aClient(open).getText(`http://127.0.0.1:${port}/`);
    await expect(call).rejects.toThrow(new OutboundError(`expected the answer 200, got ${status}`));
    expect(calls).toBe(1);
  });

  it('should end in time, whether nothing comes or too slowly', async () => {
    const silent = await listening(() => undefined);
    const slow = await listening((_, response) => response.write('a'));
    for (const port of [silent, slow])
      await expect(aClient(open).getText(`http://127.0.0.1:${port}/`, 50)).rejects.toThrow(/timeout/i);
  });

  it('should not read more than is believable', async () => {
    const port = await listening((_, response) => response.end('x'.repeat(1001)));
    const client = aClient({ ...open, maxResponseBytes: 1000 });
    await expect(client.getText(`http://127.0.0.1:${port}/`)).rejects.toThrow(/size/i);
  });
});

describe('public addresses', () => {
  it.each(['8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8'])('are such as %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ...['10.0.0.1', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '127.9.9.9', '0.0.0.0'],
    ...['224.0.0.1', '255.255.255.255', '198.18.0.1', '192.0.2.1', '240.0.0.1'],
    ...['::1', '::', 'fe80::1', 'fc00::1', 'ff02::1', '2002:7f00:1::', '64:ff9b::a00:1', '2001:db8::1'],
    ...['::ffff:10.0.0.1', 'localhost', ''],
  ])('are not such as %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
