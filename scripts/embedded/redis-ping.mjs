/** Asks a Redis server whether it answers, in its own protocol (RESP2, redis.io/docs/reference/protocol-spec). */
import { exchange } from './exchange.mjs';

const encode = (...words) =>
  `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;

function serverOf(url, { caFile, timeoutMs }) {
  const { protocol, hostname, port } = new URL(url);
  if (!['redis:', 'rediss:'].includes(protocol)) throw new Error('expected redis:// or rediss://');
  const host = hostname.replace(/^\[|\]$/g, '') || 'localhost';
  return { host, port: Number(port || 6379), tls: protocol === 'rediss:', caFile, timeoutMs };
}

function login(url) {
  const [user, password] = [url.username, url.password].map(decodeURIComponent);
  if (password === '') return '';
  return user === '' ? encode('AUTH', password) : encode('AUTH', user, password);
}

/** INFO stands last; a user who may not ask for it is told so, which is an answer as well. */
function versionIn(text) {
  const refused = /^-(?!NOPERM)([^\r\n]*)\r\n/m.exec(text);
  if (refused) throw new Error(refused[1].slice(0, 80));
  if (!text.includes('+PONG\r\n')) return undefined;
  if (text.includes('-NOPERM')) return 'unknown';
  return /redis_version:([\w.]+)\r\n/.exec(text)?.[1];
}

/**
 * Gives the version of the server at `url` when it answers PING, logged in as the URL says; throws with the reason
 * when it does not.
 */
export function pingRedis(url, { caFile, timeoutMs } = {}) {
  const request = login(new URL(url)) + encode('PING') + encode('INFO', 'server');
  return exchange(serverOf(url, { caFile, timeoutMs }), request, (received) =>
    versionIn(received.toString()),
  );
}
