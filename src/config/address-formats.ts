import { isIP } from 'node:net';
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
  return /^mongodb(\+srv)?:\/\/[^/?\s]+(\/\S*|\?[^\s@]*)?$/.test(text)
    ? text
    : new Expected('a MongoDB connection string, e.g. mongodb://user:password@host:27017/?replicaSet=rs0');
}

export function parseRedisUrl(text: string): string | Expected {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const fits =
    url !== undefined &&
    (url.protocol === 'redis:' || url.protocol === 'rediss:') &&
    url.hostname !== '' &&
    /^(\/\d*)?$/.test(url.pathname);
  return fits ? text : new Expected('redis://[user:password@]host:port[/db], or rediss:// for TLS');
}
