import { createHash, type KeyObject } from 'node:crypto';
import { verify } from 'jsonwebtoken';
import { isList, type JsonObject } from '../body/json-value';
import { type AlternativeSpec, JWT_ALGORITHMS, type JwtAlgorithm } from '../document/signature-spec';
import { algorithmsOf, publicDemand, tokenKeyKind, tokenKeyOf, tokenSecretFault } from './jwt-keys';
import { type RefusalReason, Unreadable } from './reading';
import { type Scope } from './scope';
import { type KeyMatcher, type SignatureType } from './signature-type';
import { nonceOfId, type Proof } from './signed-string';
import { TokenScope, type WebToken } from './web-token';

const LEEWAY_SECONDS = 60;

type Claims = NonNullable<AlternativeSpec['claims']>;

/** The library checks the signature only: what else is asked has an order and reasons of its own. */
function isSigned({ text }: WebToken, key: KeyObject, algorithms: readonly JwtAlgorithm[]): boolean {
  try {
    verify(text, key, { algorithms: [...algorithms], ignoreExpiration: true, ignoreNotBefore: true });
    return true;
  } catch {
    return false;
  }
}

function isEqual(name: string, sent: unknown, expected: Claims[string]): boolean {
  // RFC 7519, section 4.1.3: a token may be for several, of which one is meant here.
  if (name === 'aud' && isList(sent)) return sent.includes(expected);
  return sent === expected;
}

const areEqual = (sent: JsonObject, expected: Claims): boolean =>
  Object.entries(expected).every(
    ([name, value]) => Object.hasOwn(sent, name) && isEqual(name, sent[name], value),
  );

const isMoment = (value: unknown): boolean => value === undefined || typeof value === 'number';

class TokenMatcher implements KeyMatcher {
  private readonly algorithms: readonly JwtAlgorithm[];
  private readonly claims: Claims;

  constructor(
    private readonly key: KeyObject,
    alternative: AlternativeSpec,
    private readonly proof: Proof,
  ) {
    this.algorithms = algorithmsOf(alternative);
    this.claims = alternative.claims ?? {};
  }

  match(_: readonly string[], scope: Scope): Proof | RefusalReason {
    const token = scope instanceof TokenScope ? scope.token : undefined;
    if (token === undefined) return 'malformed_jwt';
    if (token instanceof Unreadable) return token.reason;
    const { header, claims } = token;
    if (!this.algorithms.some((algorithm) => algorithm === header['alg'])) return 'jwt_algorithm';
    if (!isSigned(token, this.key, this.algorithms)) return 'mismatch';
    const isWhole = isMoment(claims['exp']) && isMoment(claims['nbf']);
    return isWhole && areEqual(claims, this.claims) ? this.proof : 'jwt_claim';
  }
}

/** Tokens are often used for many requests: unless it holds the body's digest, the body is what tells these apart. */
function proofOf({ id, bodyDigest }: AlternativeSpec): Proof {
  const isSignedId = id?.claim !== undefined;
  return {
    covers: 'none',
    nonce: (scope) => {
      if (isSignedId && scope.id !== undefined) return nonceOfId(scope.id);
      const token = scope instanceof TokenScope ? scope.token : undefined;
      const text = token === undefined || token instanceof Unreadable ? '' : token.text;
      const digest = createHash('sha256').update(text.slice(0, text.lastIndexOf('.') + 1));
      if (bodyDigest === undefined) digest.update(scope.view.request.body);
      return `sha256:${digest.digest('hex')}`;
    },
  };
}

function lateness(scope: Scope, now: number): RefusalReason | undefined {
  const token = scope instanceof TokenScope ? scope.token : undefined;
  if (token === undefined || token instanceof Unreadable) return undefined;
  const { exp, nbf } = token.claims;
  const seconds = now / 1000;
  const isOver = typeof exp === 'number' && seconds >= exp + LEEWAY_SECONDS;
  const isEarly = typeof nbf === 'number' && seconds < nbf - LEEWAY_SECONDS;
  return isOver || isEarly ? 'stale' : undefined;
}

/** A JSON Web Token. It says who sends and for how long; about the body only where it holds its digest. */
export const jwt: SignatureType = {
  properties: {
    algorithms: {
      type: 'array',
      minItems: 1,
      maxItems: JWT_ALGORITHMS.length,
      items: { enum: JWT_ALGORITHMS },
    },
    claims: {
      type: 'object',
      maxProperties: 16,
      additionalProperties: { type: ['string', 'number', 'boolean'] },
    },
    bodyDigest: { $ref: '#/$defs/bodyDigest' },
  },
  usualFrom: { header: 'authorization', prefix: ['Bearer ', 'bearer ', 'BEARER '] },
  keyKind: tokenKeyKind,
  secretFault: tokenSecretFault,
  compile: (alternative) => {
    const proof = proofOf(alternative);
    return (secret) => {
      const key = tokenKeyOf(alternative, secret);
      return key === undefined ? undefined : new TokenMatcher(key, alternative, proof);
    };
  },
  compilePublic: (alternative) => {
    const proof = proofOf(alternative);
    const demand = publicDemand(alternative);
    return (key) => (demand.fault(key) === undefined ? new TokenMatcher(key, alternative, proof) : undefined);
  },
  scopeOf: (view, item, from) => new TokenScope(view, item, from),
  lateness,
};
