import { isIP } from 'node:net';
import { connectionStringFault } from '#platform/mongo/connection-string';
import { Expected } from './variable-kinds';

export type TrustProxy = false | number | readonly string[];

const MAX_HOPS = 16;
const NAMED_RANGES = new Set(['loopback', 'linklocal', 'uniquelocal']);

function isAddressRange(text: string): boolean {
  if (NAMED_RANGES.has(text)) return true;
  const [address = '', mask, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  if (mask === undefined) return true;
  // A mask of 0 trusts everybody, which is what `true` would mean.
  return /^\d{1,3}$/.test(mask) && Number(mask) > 0 && Number(mask) <= (version === 4 ? 32 : 128);
}

/** Never `true`: then every client could choose the address it is taken for. */
export function parseTrustProxy(text: string): TrustProxy | Expected {
  if (text === 'false' || text === '0') return false;
  if (/^\d+$/.test(text) && Number(text) <= MAX_HOPS) return Number(text);
  const ranges = text.split(',').map((range) => range.trim());
  return ranges.every(isAddressRange)
    ? ranges
    : new Expected(
        `false, the number of proxies in front (up to ${MAX_HOPS}), or their addresses or CIDR ranges, separated by commas; never true`,
      );
}

export function parseMongoUri(text: string): string | Expected {
  const fault = connectionStringFault(text);
  return fault === undefined ? text : new Expected(fault);
}

const REDIS_EXPECTED = new Expected(
  'redis://[user:password@]host[:port][/db], or rediss:// for TLS; user and password percent-encoded (@ as %40, ' +
    '% as %25), a port from 1 to 65535, and no parameter but family=4 or family=6',
);
const FAMILY = /^(\?family=[046])?$/;

/** As the client decodes user and password, which throws on what is not percent-encoded. */
function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Stricter than the client: it does not know a scheme in upper case, and goes on without TLS; and it takes every
 * parameter for one of its options, before those that the gateway sets.
 */
export function parseRedisUrl(text: string): string | Expected {
  if (!/^rediss?:\/\/\S+$/.test(text) || !URL.canParse(text)) return REDIS_EXPECTED;
  const { username, password, hostname, port, pathname, search, hash } = new URL(text);
  const isPlace = /^[^%]+$/.test(hostname) && port !== '0' && /^(\/\d*)?$/.test(pathname);
  const fits =
    isPlace && FAMILY.test(search) && hash === '' && isDecodable(username) && isDecodable(password);
  return fits ? text : REDIS_EXPECTED;
}

const SERVICE_URL_EXPECTED = new Expected(
  'the http:// or https:// address of a service, without user, password and fragment',
);

export function parseServiceUrl(text: string): string | Expected {
  if (!URL.canParse(text)) return SERVICE_URL_EXPECTED;
  const { protocol, hostname, username, password, hash } = new URL(text);
  const isPlain = username === '' && password === '' && hash === '' && !/\s/.test(text);
  const fits = /^https?:$/.test(protocol) && hostname !== '' && isPlain;
  return fits ? text : SERVICE_URL_EXPECTED;
}
