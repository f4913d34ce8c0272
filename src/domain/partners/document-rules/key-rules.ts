import { isList, type JsonObject } from '../body/json-value';
import { type JwtAlgorithm } from '../document/signature-spec';
import { BYTE_ENCODINGS, PUBLIC_KEY_FORMS } from '../signature/key-material';
import { SIGNATURE_TYPES } from '../signature/signature-types';
import { type KeyKind } from '../signature/signature-type';
import { objectAt, type Placed, type Report, textsAt } from './rule';

const isHmac = (algorithm: string): boolean => algorithm.startsWith('HS');

/** With both kinds in one list, whoever knows the public key could sign with it as if it were the shared one. */
export function checkAlgorithms(alternative: Placed<JsonObject>, report: Report): void {
  const listed = textsAt(alternative, 'algorithms').map(({ value }) => value);
  if (listed.some(isHmac) && !listed.every(isHmac)) {
    report(
      `${alternative.path}/algorithms`,
      'must be HS256, HS384, HS512 only, or none of them: a public key must never serve as a shared secret',
    );
  }
}

/** `undefined` where the type is not known, which is a fault of its own. */
function kindOf({ type, algorithms }: JsonObject): KeyKind | undefined {
  if (typeof type !== 'string') return undefined;
  const listed = isList(algorithms)
    ? algorithms.filter((one): one is JwtAlgorithm => typeof one === 'string')
    : [];
  return SIGNATURE_TYPES.get(type)?.keyKind({ type, ...(listed.length > 0 && { algorithms: listed }) });
}

const CHARACTERS_OF_URL = /^[!-~]+$/;

function isKeySetUrl(text: string): boolean {
  if (!CHARACTERS_OF_URL.test(text) || !URL.canParse(text)) return false;
  const { protocol, username, password, hash } = new URL(text);
  return protocol === 'https:' && username === '' && password === '' && hash === '';
}

function checkKeySet(key: Placed<JsonObject>, kind: KeyKind | undefined, report: Report): void {
  if (!('jwks' in key.value)) return;
  const at = `${key.path}/jwks`;
  if (kind === 'shared')
    report(at, 'is for public keys, and this signature has a shared secret: leave it out');
  for (const { value } of textsAt(key, 'jwks')) {
    if (!isKeySetUrl(value))
      report(at, 'must be an https URL without user, password and fragment: https://partner.example/jwks');
  }
  const { encoding } = key.value;
  if (encoding !== undefined && encoding !== 'jwk')
    report(`${key.path}/encoding`, 'must be jwk where "jwks" is: that is what a key set holds');
}

export function checkKey(alternative: Placed<JsonObject>, report: Report): void {
  const key = objectAt(alternative, 'key');
  if (key === undefined) return;
  const kind = kindOf(alternative.value);
  const { encoding } = key.value;
  const isForm = PUBLIC_KEY_FORMS.some((form) => form === encoding);
  if (kind === 'shared' && isForm) {
    report(
      `${key.path}/encoding`,
      `must be one of ${BYTE_ENCODINGS.join(', ')}: this signature has a shared secret, and a public key must never serve as one`,
    );
  }
  if ('otherwise' in key.value && !('strip' in key.value))
    report(`${key.path}/otherwise`, 'needs "strip" beside it: it is for secrets that do not begin with that');
  checkKeySet(key, kind, report);
}
