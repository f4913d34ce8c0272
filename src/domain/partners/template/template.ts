import { parsePointer, type Pointer } from './pointer';

/** Parts of the request line and URL, as the sender used it. */
export const REQUEST_PARTS = [
  'method',
  'url',
  'scheme',
  'host',
  'hostname',
  'port',
  'path',
  'query',
  'target',
] as const;
export type RequestPart = (typeof REQUEST_PARTS)[number];

export type TokenValue =
  | { readonly kind: 'raw-body' | 'timestamp' | 'id' | 'sorted-form' | 'secret' }
  | { readonly kind: 'body' | 'item'; readonly pointer: Pointer }
  | { readonly kind: 'header' | 'parameter'; readonly name: string }
  | { readonly kind: 'request'; readonly part: RequestPart };

export type Token = TokenValue & {
  /** Stands in for a missing value. */
  readonly fallback?: string;
};

/** Text between tokens stands for itself. */
export type Template = readonly (string | Token)[];

export class TemplateError extends Error {}

const WITHOUT_ARGUMENT: ReadonlyMap<string, TokenValue> = new Map<string, TokenValue>([
  ['body', { kind: 'raw-body' }],
  ['timestamp', { kind: 'timestamp' }],
  ['id', { kind: 'id' }],
  ['secret', { kind: 'secret' }],
  ['form:sorted', { kind: 'sorted-form' }],
  ...REQUEST_PARTS.map((part): [string, TokenValue] => [part, { kind: 'request', part }]),
]);

const KNOWN_TOKENS =
  'body, body:/pointer, item:/pointer (short: /pointer), header:name, query:name, timestamp, id, form:sorted, ' +
  REQUEST_PARTS.join(', ');

export const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

function pointerToken(kind: 'body' | 'item', text: string): TokenValue {
  const pointer = parsePointer(text);
  if (pointer === undefined) {
    throw new TemplateError(`"${text}" must be a JSON Pointer, which begins with "/"; "~" is written ~0`);
  }
  return { kind, pointer };
}

function headerToken(name: string): TokenValue {
  if (!HEADER_NAME.test(name)) throw new TemplateError(`"${name}" must be the name of a header`);
  return { kind: 'header', name: name.toLowerCase() };
}

function parameterToken(name: string): TokenValue {
  if (name === '') throw new TemplateError('{query:name} must name a parameter of the URL');
  return { kind: 'parameter', name };
}

function tokenValue(text: string): TokenValue {
  const fixed = WITHOUT_ARGUMENT.get(text);
  if (fixed !== undefined) return fixed;
  if (text.startsWith('/')) return pointerToken('item', text);
  const colon = text.indexOf(':');
  const argument = text.slice(colon + 1);
  switch (colon < 0 ? '' : text.slice(0, colon)) {
    case 'body':
      return pointerToken('body', argument);
    case 'item':
      return pointerToken('item', argument);
    case 'header':
      return headerToken(argument);
    case 'query':
      return parameterToken(argument);
    default:
      throw new TemplateError(
        `{${text}} must be one of the tokens ${KNOWN_TOKENS}; a brace itself is doubled`,
      );
  }
}

function tokenOf(inner: string): Token {
  const bar = inner.indexOf('|');
  if (bar < 0) return tokenValue(inner);
  return { ...tokenValue(inner.slice(0, bar)), fallback: inner.slice(bar + 1) };
}

/** A doubled brace, a token, or one brace that has lost its partner. */
const SIGN = /\{\{|\}\}|\{([^{}]*)\}|[{}]/g;

/** Throws `TemplateError`, which says what was expected. */
export function parseTemplate(text: string): Template {
  const parts: (string | Token)[] = [];
  let literal = '';
  let end = 0;
  for (const match of text.matchAll(SIGN)) {
    const [sign, inner] = match;
    literal += text.slice(end, match.index);
    end = match.index + sign.length;
    if (inner !== undefined) {
      if (literal !== '') parts.push(literal);
      literal = '';
      parts.push(tokenOf(inner));
    } else if (sign.length === 2) literal += sign.charAt(0);
    else
      throw new TemplateError(
        `the brace at ${match.index} must have a partner, or be doubled to stand for itself`,
      );
  }
  literal += text.slice(end);
  return literal === '' ? parts : [...parts, literal];
}

export const tokensOf = (template: Template): readonly Token[] =>
  template.filter((part) => typeof part !== 'string');
