import fc from 'fast-check';
import { aRequest, NOW } from '#domain/partners/testing/builders';
import { type Mutation, mutations } from './signature-mutations';
import { type Message, type Scheme, schemes, SECONDS, type SignedRequest } from './signature-schemes';

const messages: fc.Arbitrary<Message> = fc.record({
  id: fc.stringMatching(/^[a-z0-9_]{1,12}$/),
  time: fc.integer({ min: -60, max: 60 }).map((seconds) => String(SECONDS + seconds)),
  body: fc.uint8Array({ minLength: 1, maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
});

const isAccepted = ({ partner }: Scheme, { headers, body }: SignedRequest): boolean =>
  partner.verify(aRequest({ headers, body }), NOW).valid;

/** HTTP's own names do not depend on their case. */
const HTTP_SCHEME = /^(?:basic|BASIC|bearer|BEARER) /;

/** One and the same signature: hexadecimal digits in either case, base64url with its padding or without. */
function plainSignature(value: string, { spelling }: Scheme): string {
  const text = value.replace(
    HTTP_SCHEME,
    (name) => name.charAt(0).toUpperCase() + name.slice(1).toLowerCase(),
  );
  if (spelling === 'hex') return text.toLowerCase();
  const plain = text.replace(/=+$/, '');
  const padding = '='.repeat((4 - (plain.length % 4)) % 4);
  return spelling === 'base64url' && text === plain + padding ? plain : text;
}

/** Whether the sender would have signed just this. */
function saysTheSame(scheme: Scheme, one: SignedRequest, other: SignedRequest): boolean {
  const [signature, ...more] = scheme.covered;
  const plain = ({ headers }: SignedRequest) => plainSignature(headers[signature] ?? '', scheme);
  return (
    plain(one) === plain(other) &&
    more.every((name) => one.headers[name] === other.headers[name]) &&
    (!scheme.coversBody || one.body.equals(other.body))
  );
}

function neverAccepted(scheme: Scheme, message: Message, another: Message, mutate: Mutation): void {
  const genuine = [scheme.sign(message)];
  const [request] = genuine;
  if (request === undefined || !isAccepted(scheme, request)) throw new Error('a genuine request was refused');
  const other = (): SignedRequest => {
    const signed = scheme.sign(another);
    genuine.push(signed);
    return signed;
  };
  const forged = mutate({ scheme, request, other });
  // Whatever is genuine as a whole is no forgery: all of the other request may have been taken over.
  const isForged = forged !== undefined && !genuine.some((one) => saysTheSame(scheme, one, forged));
  fc.pre(isForged);
  if (isForged && isAccepted(scheme, forged)) throw new Error('a forged request was accepted');
}

export interface SignatureProperty {
  readonly name: string;
  readonly property: fc.IProperty<[Message, Message, Mutation]>;
}

/** For each type of signature: no change of what was signed, nor of how it was written, is ever accepted. */
export const signatureProperties = (): readonly SignatureProperty[] =>
  schemes().map((scheme) => ({
    name: scheme.name,
    property: fc.property(messages, messages, mutations, (message, another, mutate) =>
      neverAccepted(scheme, message, another, mutate),
    ),
  }));
