import { type JsonObject } from '../body/json-value';
import { SIGNATURE_TYPES } from '../signature/signature-types';
import { parseTemplate, TemplateError, type Token, tokensOf } from '../template/template';
import { objectAt, type Placed, type Report, textsAt } from './rule';

const NEEDS_BLOCK = ['timestamp', 'id'] as const;

/** The key is part of what is digested where there is a plain digest, and only there. */
function checkSecretToken(kinds: ReadonlySet<string>, type: unknown, at: string, report: Report): void {
  if (type === 'hash' && !kinds.has('secret'))
    report(at, 'must hold {secret}: a plain digest proves something only where the key is in it');
  if (type !== 'hash' && kinds.has('secret'))
    report(at, 'must not hold {secret}: a key signs, it is not signed');
}

function checkTokens(tokens: readonly Token[], alternative: JsonObject, at: string, report: Report): void {
  const kinds = new Set(tokens.map(({ kind }) => kind));
  checkSecretToken(kinds, alternative['type'], at, report);
  if (tokens.every(({ kind }) => kind === 'secret'))
    report(at, 'must have at least one token of the request, such as {body}');
  for (const block of NEEDS_BLOCK) {
    if (kinds.has(block) && !(block in alternative)) {
      report(at, `must not hold {${block}} unless "${block}" beside it says where to find it`);
    }
  }
}

export function checkSigned(alternative: Placed<JsonObject>, report: Report): void {
  if (alternative.value['type'] === 'hash' && !('signed' in alternative.value)) {
    report(
      `${alternative.path}/signed`,
      'is required for type hash, and must hold {secret}: "{body}{secret}"',
    );
  }
  for (const { path, value } of textsAt(alternative, 'signed')) {
    try {
      checkTokens(tokensOf(parseTemplate(value)), alternative.value, path, report);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      report(path, `must be a template: ${error.message}`);
    }
  }
}

function tokensIn(text: string): readonly Token[] {
  try {
    return tokensOf(parseTemplate(text));
  } catch {
    // Its fault is reported where it stands.
    return [];
  }
}

const WHOLE_QUERY: ReadonlySet<string> = new Set(['url', 'target', 'query']);

const holdsHeader = (name: string) => (token: Token) =>
  token.kind === 'header' && token.name === name.toLowerCase();
const holdsParameter = (name: string) => (token: Token) =>
  (token.kind === 'parameter' && token.name === name) ||
  (token.kind === 'request' && WHOLE_QUERY.has(token.part));

/** A digest that nobody signed could be replaced together with the body. */
function checkCovered(alternative: Placed<JsonObject>, digest: Placed<JsonObject>, report: Report): void {
  const templates = textsAt(alternative, 'signed').map(({ value }) => tokensIn(value));
  const isCovered = (holds: (token: Token) => boolean): boolean =>
    templates.length > 0 && templates.every((tokens) => tokens.some(holds));
  for (const { path, value } of textsAt(digest, 'header')) {
    if (!isCovered(holdsHeader(value)))
      report(path, `must be signed, too: every text of "signed" must hold {header:${value.toLowerCase()}}`);
  }
  for (const { path, value } of textsAt(digest, 'query')) {
    if (!isCovered(holdsParameter(value)))
      report(
        path,
        `must be signed, too: every text of "signed" must hold {query:${value}}, {url}, {target} or {query}`,
      );
  }
}

export function checkBodyDigest(alternative: Placed<JsonObject>, report: Report): void {
  const { type } = alternative.value;
  const block = objectAt(alternative, 'bodyDigest');
  const from = block && objectAt(block, 'from');
  // Where the type has none, that alone is the fault.
  const isKnown = typeof type === 'string' && 'bodyDigest' in (SIGNATURE_TYPES.get(type)?.properties ?? {});
  if (from === undefined || !isKnown) return;
  if (type === 'jwt') {
    if (!('claim' in from.value)) report(from.path, 'must be a claim: a token signs nothing but its claims');
    return;
  }
  if ('body' in from.value || 'item' in from.value)
    report(from.path, 'must be a header or a parameter: a body cannot hold its own digest');
  checkCovered(alternative, from, report);
}
