import fc from 'fast-check';
import { type Scheme, SECONDS, type SignedRequest, type Spelling } from './signature-schemes';

export interface Signed {
  readonly scheme: Scheme;
  readonly request: SignedRequest;
  /** Another request of the same sender, just as genuine; signed when it is asked for. */
  readonly other: () => SignedRequest;
}

/** What a forger does to a genuine request. `undefined`: it would change nothing here. */
export type Mutation = (signed: Signed) => SignedRequest | undefined;

const BODY = 'the body';

const placesOf = ({ covered, coversBody }: Scheme): readonly string[] =>
  coversBody ? [...covered, BODY] : covered;

const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % list.length];

const bytesAt = ({ headers, body }: SignedRequest, place: string): Buffer =>
  place === BODY ? body : Buffer.from(headers[place] ?? '', 'latin1');

function withBytes(request: SignedRequest, place: string, bytes: Buffer): SignedRequest {
  return place === BODY
    ? { ...request, body: bytes }
    : { ...request, headers: { ...request.headers, [place]: bytes.toString('latin1') } };
}

/** Changes the bytes in one of the places that the signature must hold together. */
const inOnePlace =
  (at: number, change: (bytes: Buffer) => Buffer | undefined): Mutation =>
  ({ scheme, request }) => {
    const place = pick(placesOf(scheme), at);
    const bytes = place === undefined ? undefined : change(bytesAt(request, place));
    return place === undefined || bytes === undefined ? undefined : withBytes(request, place, bytes);
  };

const flip = fc.tuple(fc.nat(), fc.nat(), fc.nat(7)).map(([place, at, bit]) =>
  inOnePlace(place, (bytes) => {
    if (bytes.length === 0) return undefined;
    const changed = Buffer.from(bytes);
    changed[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << bit);
    return changed;
  }),
);

const truncation = fc.tuple(fc.nat(), fc.nat(), fc.boolean()).map(([place, count, fromStart]) =>
  inOnePlace(place, (bytes) => {
    const kept = count % Math.max(1, bytes.length);
    return fromStart ? bytes.subarray(bytes.length - kept) : bytes.subarray(0, kept);
  }),
);

/** A genuine value in a place that it was not made for: that of another header, or of another request. */
const swap = fc.tuple(fc.nat(), fc.nat(), fc.boolean()).map(([to, from, isOther]): Mutation => {
  return ({ scheme, request, other }) => {
    const [target, source] = [pick(placesOf(scheme), to), pick(placesOf(scheme), from)];
    if (target === undefined || source === undefined) return undefined;
    if (isOther) return withBytes(request, target, bytesAt(other(), target));
    const swapped = withBytes(request, target, bytesAt(request, source));
    return withBytes(swapped, source, bytesAt(request, target));
  };
});

const NEXT_LETTER = (text: string): string =>
  text.replace(/[A-Za-z0-9+/_-](=*)$/, (last, padding: string) => {
    return String.fromCharCode(last.charCodeAt(0) + 1) + padding;
  });

/** Texts that a lenient decoder takes for the same bytes, or for bytes at all. */
const SPELLINGS: readonly ((text: string, spelling: Spelling) => string)[] = [
  (text) => `${text}=`,
  (text) => `${text}==`,
  (text) => text.replace(/=+$/, ''),
  (text) => NEXT_LETTER(text),
  (text) => text.replaceAll('+', '-').replaceAll('/', '_'),
  (text) => text.replaceAll('-', '+').replaceAll('_', '/'),
  (text) => `${text.slice(0, 8)}\n${text.slice(8)}`,
  (text) => `${text.slice(0, 8)} ${text.slice(8)}`,
  (text) => `${text}!`,
  (text) => `${text}\0`,
  (text) => ` ${text}`,
  (text) => `${text}A`,
  (text) => `${text}AAAA`,
  (text) => `0x${text}`,
  (text) => encodeURIComponent(text),
  (text) => `%${text.charCodeAt(0).toString(16)}${text.slice(1)}`,
  (text) => `"${text}"`,
  (text) => text.toLowerCase(),
  (text) => text.toUpperCase(),
  (text) => Buffer.from(text).toString('base64'),
  (text, spelling) => {
    if (spelling === 'text') return text.split('').reverse().join('');
    const bytes = Buffer.from(text, spelling);
    return bytes.toString(spelling === 'hex' ? 'base64' : 'hex');
  },
];

const SCHEME_OF_HTTP = /^(?:Basic|Bearer) /;

const spelling = fc.constantFrom(...SPELLINGS).map((respell): Mutation => {
  return ({ scheme, request }) => {
    const [place] = scheme.covered;
    const value = request.headers[place] ?? '';
    const [before = ''] = SCHEME_OF_HTTP.exec(value) ?? [];
    const changed = before + respell(value.slice(before.length), scheme.spelling);
    return { ...request, headers: { ...request.headers, [place]: changed } };
  };
});

/** Another moment at which the signature would have been acceptable, too. */
const otherTime = fc.integer({ min: -60, max: 60 }).map((seconds): Mutation => {
  return ({ scheme, request }) =>
    scheme.covered.includes('x-time')
      ? { ...request, headers: { ...request.headers, 'x-time': String(SECONDS + seconds) } }
      : undefined;
});

export const mutations: fc.Arbitrary<Mutation> = fc.oneof(flip, truncation, swap, spelling, otherTime);
