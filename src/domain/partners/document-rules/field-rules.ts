import { isList, isObject } from '../body/json-value';
import { pointerOf } from '../template/pointer';
import { parseTemplate, TemplateError, tokensOf } from '../template/template';
import { checkPointer, type Placed, type Report } from './rule';

const KEPT_TOKENS = new Set(['body', 'item', 'header', 'parameter']);
const NOT_KEPT =
  'must only have the tokens body:/pointer, item:/pointer (short: /pointer), header:name and query:name';
const PLAIN_WORD =
  'must be a pointer ("/…", think of a forgotten slash), a template with a {token}, or {"const": value}';

/** A pointer into the item, or a template over what is kept of a request. */
export function checkReference({ path, value }: Placed<string>, report: Report): void {
  if (value === '' || value.startsWith('/')) {
    checkPointer({ path, value }, report);
    return;
  }
  try {
    const tokens = tokensOf(parseTemplate(value));
    if (tokens.length === 0) report(path, PLAIN_WORD);
    if (tokens.some(({ kind }) => !KEPT_TOKENS.has(kind))) report(path, NOT_KEPT);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    report(path, `must be a pointer or a template: ${error.message}`);
  }
}

const MOST_ALTERNATIVES = 8;

function checkConstant({ path, value }: Placed<object>, report: Report): void {
  const keys = Object.keys(value);
  if (keys.length !== 1 || keys[0] !== 'const') report(path, PLAIN_WORD);
}

function checkOne({ path, value }: Placed<unknown>, report: Report): void {
  if (typeof value === 'string') checkReference({ path, value }, report);
  else if (isObject(value)) checkConstant({ path, value }, report);
  else report(path, PLAIN_WORD);
}

/** A field of a mapping: a reference, a constant, or a list of these. */
export function checkField({ path, value }: Placed<unknown>, report: Report): void {
  if (!isList(value)) {
    checkOne({ path, value }, report);
    return;
  }
  if (value.length === 0 || value.length > MOST_ALTERNATIVES)
    report(path, `must have 1 to ${MOST_ALTERNATIVES} items`);
  value.forEach((item, index) => checkOne({ path: path + pointerOf(index), value: item }, report));
}
