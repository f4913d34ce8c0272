import { type JsonObject } from '../body/json-value';
import { alternativeName } from '../document/signature-spec';
import { parseTemplate, TemplateError, type Token, tokensOf } from '../template/template';
import { checkTimeFormat } from './time-rules';
import { alternativesOf, checkPointer, objectAt, type Placed, type Report, type Rule, textsAt } from './rule';

const NEEDS_BLOCK = ['timestamp', 'id'] as const;

function checkSignedTokens(
  tokens: readonly Token[],
  alternative: JsonObject,
  at: string,
  report: Report,
): void {
  const kinds = new Set(tokens.map(({ kind }) => kind));
  if (kinds.has('secret')) report(at, 'must not hold {secret}: a key signs, it is not signed');
  if (tokens.length === 0) report(at, 'must have at least one token of the request, such as {body}');
  for (const block of NEEDS_BLOCK) {
    if (kinds.has(block) && !(block in alternative)) {
      report(at, `must not hold {${block}} unless "${block}" beside it says where to find it`);
    }
  }
}

function checkSigned(alternative: Placed<JsonObject>, report: Report): void {
  for (const { path, value } of textsAt(alternative, 'signed')) {
    try {
      checkSignedTokens(tokensOf(parseTemplate(value)), alternative.value, path, report);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      report(path, `must be a template: ${error.message}`);
    }
  }
}

function checkAlternative(alternative: Placed<JsonObject>, report: Report): void {
  checkSigned(alternative, report);
  textsAt(alternative, 'each').forEach((each) => checkPointer(each, report));
  const timestamp = objectAt(alternative, 'timestamp');
  if (timestamp !== undefined)
    textsAt(timestamp, 'format').forEach((format) => checkTimeFormat(format, report));
  const key = objectAt(alternative, 'key');
  if (key !== undefined && 'otherwise' in key.value && !('strip' in key.value)) {
    report(`${key.path}/otherwise`, 'needs "strip" beside it: it is for secrets that do not begin with that');
  }
}

export const signatureRule: Rule = (document, report) => {
  const names = new Set<string>();
  alternativesOf(document).forEach((alternative, index) => {
    checkAlternative(alternative, report);
    const { name, type } = alternative.value;
    const kind = typeof type === 'string' ? type : '';
    const text = typeof name === 'string' ? name : alternativeName({ type: kind }, index);
    if (names.has(text))
      report(`${alternative.path}/name`, `must differ from that of the other alternatives`);
    names.add(text);
  });
};
