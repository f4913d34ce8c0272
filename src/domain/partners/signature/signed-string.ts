import { createHash, hash } from 'node:crypto';
import { type Reading, TOO_MANY_VALUES, Unreadable } from './reading';
import { type Scope } from './scope';
import { type SignedValue } from './signed-value';
import { parseTemplate, type Token, type TokenValue } from '../template/template';

export type Coverage = 'body' | 'part' | 'none';

/** Shows what a matching signature was about. */
export interface Proof {
  readonly covers: Coverage;
  nonce(scope: Scope): string;
}

/** Takes the pieces of a signed string: an HMAC or a digest. */
export interface Sink {
  update(piece: string | Buffer): unknown;
}

type PieceReader = (scope: Scope) => Reading;

const charactersOf = (value: Reading<SignedValue>): Reading =>
  value === undefined || value instanceof Unreadable ? value : value.characters();

/** Nobody signs more; sorting is paid for before the sender is known. */
const MOST_FIELDS = 1000;

/** Pairs sorted by name, then value, equal ones once, each name directly followed by its value. */
function sortedForm(body: Buffer): Reading {
  const pairs = [...new URLSearchParams(body.toString('utf8'))];
  if (pairs.length > MOST_FIELDS) return TOO_MANY_VALUES;
  const order = (one: string, other: string): number => Number(one > other) - Number(one < other);
  pairs.sort(([name, value], [otherName, otherValue]) => order(name, otherName) || order(value, otherValue));
  const isRepeated = (at: number): boolean =>
    pairs[at]?.[0] === pairs[at - 1]?.[0] && pairs[at]?.[1] === pairs[at - 1]?.[1];
  return pairs.map(([name, value], at) => (at > 0 && isRepeated(at) ? '' : name + value)).join('');
}

function tokenReader(token: TokenValue): PieceReader {
  switch (token.kind) {
    case 'raw-body':
      return ({ view }) => view.request.body.toString('utf8');
    case 'timestamp':
      return (scope) => scope.timestamp;
    case 'id':
      return (scope) => scope.id;
    case 'sorted-form':
      return ({ view }) => sortedForm(view.request.body);
    case 'body':
      return (scope) => charactersOf(scope.fromBody(token.pointer));
    case 'item':
      return (scope) => charactersOf(scope.fromItem(token.pointer));
    case 'header':
      return ({ view }) => view.header(token.name);
    case 'parameter':
      return ({ view }) => view.parameter(token.name);
    case 'request': {
      const { part } = token;
      return part === 'method' ? ({ view }) => view.request.method : ({ view }) => view.url[part];
    }
    // Put in by `feed` itself.
    case 'secret':
      return () => undefined;
  }
}

function withFallback(token: Token): PieceReader {
  const read = tokenReader(token);
  const { fallback } = token;
  return fallback === undefined ? read : (scope) => read(scope) ?? fallback;
}

const RAW_BODY = Symbol('raw body');
const SECRET = Symbol('secret');

/** Stands for the key where the string is only to be told apart from others, not signed. */
const NO_SECRET = '{secret}';

type Piece = string | PieceReader | typeof RAW_BODY | typeof SECRET;

function pieceOf(part: string | Token): Piece {
  if (typeof part === 'string') return part;
  if (part.kind === 'raw-body') return RAW_BODY;
  return part.kind === 'secret' ? SECRET : withFallback(part);
}

/** The bytes that a sender signs, by their template. */
export class SignedString implements Proof {
  readonly covers: Coverage;
  private readonly pieces: readonly Piece[];
  private readonly holdsId: boolean;

  constructor(text: string) {
    const template = parseTemplate(text);
    const kinds = new Set(template.map((part) => (typeof part === 'string' ? 'text' : part.kind)));
    this.pieces = template.map(pieceOf);
    this.holdsId = kinds.has('id');
    if (kinds.has('raw-body') || kinds.has('sorted-form')) this.covers = 'body';
    else this.covers = kinds.has('body') || kinds.has('item') ? 'part' : 'none';
  }

  /** Hands all pieces to the sink. Anything but `true` says that there is no such string in this request. */
  feed(scope: Scope, sink: Sink, secret: string | Buffer = NO_SECRET): true | Unreadable | undefined {
    let text = '';
    for (const piece of this.pieces) {
      if (typeof piece === 'symbol') {
        if (text !== '') sink.update(text);
        text = '';
        sink.update(piece === RAW_BODY ? scope.view.request.body : secret);
        continue;
      }
      const value = typeof piece === 'string' ? piece : piece(scope);
      if (typeof value !== 'string') return value;
      text += value;
    }
    if (text !== '') sink.update(text);
    return true;
  }

  /**
   * The sender's message id where it is signed; else what was signed, so another text of the signature changes
   * nothing. Where that says nothing about the body (a signed time alone), the body is told apart as well: two
   * events of one second are not one, and losing the second would be worse than what such a signature cannot prove.
   */
  nonce(scope: Scope): string {
    if (this.holdsId && scope.id !== undefined) return nonceOfId(scope.id);
    const digest = createHash('sha256');
    this.feed(scope, digest);
    if (this.covers === 'none') digest.update(scope.view.request.body);
    return `sha256:${digest.digest('hex')}`;
  }
}

const LONGEST_ID = 128;

export const nonceOfId = (id: string): string =>
  id.length > LONGEST_ID ? `id-sha256:${hash('sha256', id)}` : `id:${id}`;
