import { isObject, type JsonObject } from '../body/json-value';
import { readJson } from '../body/json';
import { MALFORMED_JWT, type Reading, Unreadable } from './reading';
import { type RequestView } from './request-view';
import { Scope } from './scope';
import { type SignedValue } from './signed-value';
import { type SourceReader } from './source';
import { decodeStrictly } from './strict-decoding';

/** A JSON Web Token as it was sent; nothing of it is to be believed before its signature was checked. */
export interface WebToken {
  readonly text: string;
  readonly header: JsonObject;
  readonly claims: JsonObject;
}

/** Without padding, and only as these bytes are written. */
function partOf(text: string): Buffer | undefined {
  const bytes = text.endsWith('=') ? undefined : decodeStrictly(text, 'base64url');
  return bytes === undefined || bytes.length === 0 ? undefined : bytes;
}

/** A member that stands there twice is refused: two readers would take different ones. */
function objectOf(text: string): JsonObject | undefined {
  const bytes = partOf(text);
  const json = bytes === undefined ? undefined : readJson(bytes);
  return json?.ok === true && isObject(json.value) ? json.value : undefined;
}

/** `undefined` where it is none, or one that asks for something that nobody here understands. */
export function parseWebToken(text: string): WebToken | undefined {
  const [head = '', body = '', signature = '', ...more] = text.split('.', 4);
  const header = objectOf(head);
  const claims = objectOf(body);
  if (header === undefined || claims === undefined || more.length > 0) return undefined;
  if (partOf(signature) === undefined || 'crit' in header || 'b64' in header) return undefined;
  return { text, header, claims };
}

const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const memberOf = (token: Reading<WebToken>, part: 'header' | 'claims', name: string): Reading => {
  if (token === undefined || token instanceof Unreadable) return token;
  const members = token[part];
  return Object.hasOwn(members, name) ? textOf(members[name]) : undefined;
};

/** A request that proves itself with a token. */
export class TokenScope extends Scope {
  private parsed: Reading<WebToken> | null = null;

  constructor(
    view: RequestView,
    item: SignedValue | undefined,
    private readonly from: SourceReader,
  ) {
    super(view, item);
  }

  get token(): Reading<WebToken> {
    return this.parsed === null ? (this.parsed = this.read()) : this.parsed;
  }

  override claim(name: string): Reading {
    return memberOf(this.token, 'claims', name);
  }

  override ownKeyId(): Reading {
    return memberOf(this.token, 'header', 'kid');
  }

  private read(): Reading<WebToken> {
    const text = this.from.one(this);
    return typeof text === 'string' ? (parseWebToken(text) ?? MALFORMED_JWT) : text;
  }
}
