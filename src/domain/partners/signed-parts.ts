import { isDeepStrictEqual } from 'node:util';
import { listOf } from './body/json-value';
import { type DedupeSpec } from './document/partner-document';
import { type AlternativeSpec } from './document/signature-spec';
import { parseTemplate, type Template, type Token, tokensOf } from './template/template';

/** Types that sign a text; the others show who sends and say nothing about what. */
const SIGNING_TYPES: ReadonlySet<string> = new Set(['hmac', 'hash', 'rsa', 'ecdsa', 'ed25519']);
const PARTS_THAT_TELL_REQUESTS_APART: ReadonlySet<string> = new Set([
  'raw-body',
  'sorted-form',
  'body',
  'item',
  'id',
]);

/** Texts of which any may have been signed. */
function signedTexts({ type, signed = '{body}' }: AlternativeSpec): readonly Template[] {
  return SIGNING_TYPES.has(type) ? listOf(signed).map(parseTemplate) : [];
}

/**
 * Tokens whose value cannot be changed under the same signature. A neighbour without a text between them could
 * take over characters, and a default could stand for a value that was taken away.
 */
function fixedTokens(template: Template): readonly Token[] {
  return template.filter((part, at): part is Token => {
    const isToken = typeof part !== 'string' && part.fallback === undefined;
    const alone = [template[at - 1], template[at + 1]].every((next) => typeof next !== 'object');
    return isToken && alone;
  });
}

const isHeader = (token: Token, name: string): boolean =>
  token.kind === 'header' && token.name === name.toLowerCase();

const isParameter = (token: Token, name: string): boolean =>
  (token.kind === 'parameter' && token.name === name) ||
  (token.kind === 'request' && ['query', 'target', 'url'].includes(token.part));

/** Tokens of a key that is put together, without what the body gives. */
const tokensOfFields = (fields: readonly string[]): readonly Token[] =>
  fields.flatMap((field) => (field.startsWith('/') ? [] : tokensOf(parseTemplate(field))));

function fixesAll(signed: readonly Token[], wanted: readonly Token[]): boolean {
  return wanted.every((token) => {
    if (token.kind === 'header') return signed.some((one) => isHeader(one, token.name));
    if (token.kind === 'parameter') return signed.some((one) => isParameter(one, token.name));
    return token.kind === 'body' || token.kind === 'item';
  });
}

function fixesKey(signed: readonly Token[], spec: AlternativeSpec, dedupe: DedupeSpec): boolean {
  if ('digest' in dedupe) return true;
  if ('fields' in dedupe) return fixesAll(signed, tokensOfFields(dedupe.fields));
  const isSignedId = isDeepStrictEqual(dedupe, spec.id) && signed.some(({ kind }) => kind === 'id');
  return (
    isSignedId ||
    (listOf(dedupe.header).every((name) => signed.some((token) => isHeader(token, name))) &&
      listOf(dedupe.query).every((name) => signed.some((token) => isParameter(token, name))))
  );
}

/**
 * True where somebody who captured a request could send it again under another dedupe key, its signature
 * still holding: the journal would take it for a new event. Where nothing is signed there is nothing to hold on to.
 */
export function leavesKeyOpen(spec: AlternativeSpec, dedupe: DedupeSpec): boolean {
  const hasDigest = 'bodyDigest' in spec && spec.bodyDigest !== undefined;
  return signedTexts(spec).some((template) => {
    const tellsApart = tokensOf(template).some(({ kind }) => PARTS_THAT_TELL_REQUESTS_APART.has(kind));
    if (!tellsApart && !hasDigest) return false;
    const fixed = fixedTokens(template);
    // Every key falls back to the digest of the body, so the body must be fixed as a whole.
    const fixesBody = hasDigest || fixed.some(({ kind }) => kind === 'raw-body');
    return !fixesBody || !fixesKey(fixed, spec, dedupe);
  });
}
