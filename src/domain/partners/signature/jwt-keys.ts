import { createSecretKey, type KeyObject } from 'node:crypto';
import { type AlternativeSpec, type JwtAlgorithm } from '../document/signature-spec';
import { EC_KEY, RSA_KEY, RSA_PSS_KEY } from './key-demands';
import { keyBytesOf, keyFaultOf } from './key-material';
import { type KeyDemand, publicKeyFaultOf, publicKeyOf } from './public-key';
import { type KeyKind } from './signature-type';

const USUAL: readonly JwtAlgorithm[] = ['HS256'];

export const algorithmsOf = ({ algorithms = USUAL }: AlternativeSpec): readonly JwtAlgorithm[] => algorithms;

/** The document's check refuses a list that holds both kinds. */
export const tokenKeyKind = (alternative: AlternativeSpec): KeyKind =>
  algorithmsOf(alternative).some((algorithm) => algorithm.startsWith('HS')) ? 'shared' : 'public';

const DEMANDS: ReadonlyMap<string, KeyDemand> = new Map([
  ['RS', RSA_KEY],
  ['PS', RSA_PSS_KEY],
  ['ES', EC_KEY],
]);

/** A key that one of the algorithms can use. */
export function publicDemand(alternative: AlternativeSpec): KeyDemand {
  const families = new Set(algorithmsOf(alternative).map((algorithm) => algorithm.slice(0, 2)));
  const demands = [...families].flatMap((family) => DEMANDS.get(family) ?? []);
  return {
    what: [...new Set(demands.map(({ what }) => what))].join(' or '),
    fault: (key) => {
      const faults = demands.map((demand) => demand.fault(key));
      return faults.includes(undefined) ? undefined : faults[0];
    },
  };
}

export function tokenSecretFault(alternative: AlternativeSpec, secret: string): string | undefined {
  const { key = {} } = alternative;
  return tokenKeyKind(alternative) === 'shared'
    ? keyFaultOf(secret, key)
    : publicKeyFaultOf(secret, key, publicDemand(alternative));
}

/** `undefined` where the secret is no key for these algorithms. */
export function tokenKeyOf(alternative: AlternativeSpec, secret: string): KeyObject | undefined {
  const { key = {} } = alternative;
  if (tokenKeyKind(alternative) === 'public') return publicKeyOf(secret, key, publicDemand(alternative));
  const bytes = keyBytesOf(secret, key);
  return bytes === undefined ? undefined : createSecretKey(bytes);
}
