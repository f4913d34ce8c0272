import { createServer } from 'node:net';

/** Listens for a moment. Rejects with EADDRINUSE when the port is taken. */
function tryPort(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen({ port, host, exclusive: true }, () => {
        const { port: given } = server.address();
        server.close(() => resolve(given));
      });
  });
}

export const freePort = (host = '127.0.0.1') => tryPort(0, host);

/** `wanted`, or the next one above it that is free. */
export async function freePortFrom(wanted, host = '127.0.0.1') {
  for (let port = wanted; port < wanted + 100; port += 1) {
    const free = await tryPort(port, host).catch(() => undefined);
    if (free !== undefined) return free;
  }
  return freePort(host);
}

/** Throws when the port that somebody asked for by number is taken. */
export async function requirePort(port, host, name) {
  try {
    return await tryPort(port, host);
  } catch (error) {
    throw new Error(`${name}: port ${port} cannot be used (${error.code}). Name another one.`);
  }
}
