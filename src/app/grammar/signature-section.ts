import { blockTable, typeTable } from './block-tables';

export const signatureSection = (): string => `## 3. Signature

Keys of every type (\`none\` has only its name):

${blockTable('$defs', 'alternative')}

Keys of some types:

${typeTable()}

### signature.timestamp

${blockTable('$defs', 'alternative', 'properties', 'timestamp')}

### signature.key

${blockTable('$defs', 'alternative', 'properties', 'key')}

### signature.bodyDigest

${blockTable('$defs', 'bodyDigest')}

**Coverage.** What a signature covers is worked out and shown with the verdict: \`body\`, \`part\` or \`none\`. With \`part\` the mapping may read what nobody signed.

**Order** in each alternative: live keys, candidates, time and id present, signature, digest of the body, time window. If all fail, the reason is that of the one that got furthest. The sender sees the code only: \`STALE_TIMESTAMP\` or \`INVALID_SIGNATURE\`.

**Rules**

1. HMAC and hash: the computed digest is written as text and compared in constant time. Hex counts in either case, base64 with padding, base64url with or without it. So a value that is written otherwise, or cut, never matches.
2. Public keys: strict decoding (decoded, written again, compared). Tokens and passwords: HMACs of both under a random key are compared.
3. The body is read only for tokens and sources that need it: any bytes verify under \`{body}\`.
4. A fault of ours, such as a key set out of reach, is 503, never 401.

## 4. Secrets

${blockTable('properties', 'secrets', 'items')}

Refused are blank values, what cannot be decoded, private keys, and an alternative without a secret that fits it.`;
