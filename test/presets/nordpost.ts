import { createPrivateKey, type JsonWebKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const EXAMPLES = join(__dirname, '../../docs/examples');

export const nordpostDocument = (): unknown => parse(readFileSync(join(EXAMPLES, 'nordpost.yaml'), 'utf8'));

export const nordpostBatch = (): string => readFileSync(join(EXAMPLES, 'nordpost-batch.json'), 'utf8');

/** The first test key of RFC 8032. */
const KEY: JsonWebKey = {
  kty: 'OKP',
  crv: 'Ed25519',
  d: Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex').toString(
    'base64url',
  ),
  x: Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex').toString(
    'base64url',
  ),
};

/** What Nordpost would send with a body, to this path and at this time. */
export function nordpostHeaders(path: string, body: string, at: Date): Record<string, string> {
  const time = at.toISOString().replace(/[-:]|\.\d+/g, '');
  const key = createPrivateKey({ key: KEY, format: 'jwk' });
  const signature = sign(null, Buffer.from(`POST ${path} ${time} ${body}`), key);
  return {
    'content-type': 'application/json',
    'nordpost-key': 'k1',
    'nordpost-time': time,
    'nordpost-signature': `ed25519=${signature.toString('base64')}`,
  };
}
