import { type JsonObject } from '#domain/partners/body/json-value';
import { MappingError, MappingTimeoutError } from '#domain/partners/mapping-error';
import { BoundError, EVALUATION_OPTIONS } from './bounds';

const LONGEST_MESSAGE = 200;
const EXPRESSION = 'the expression of mapping.events';

/** Thrown by the expression itself, in its author's words. */
const OWN_WORDS: ReadonlySet<unknown> = new Set(['D3137', 'D3141']);

const BOUNDS: ReadonlyMap<unknown, string> = new Map([
  ['D1011', `nested deeper than ${EVALUATION_OPTIONS.stack} calls: does it call itself?`],
  ['D2014', `had a list of more than ${EVALUATION_OPTIONS.sequence} items`],
  ['D2015', `had a list of more than ${EVALUATION_OPTIONS.sequence} items`],
]);

/** Where it stood, by the author's source; never the message, which may quote the body. */
function placeOf({ code, token, position }: JsonObject): string {
  const what = typeof token === 'string' ? ` at "${token}"` : '';
  const where = typeof position === 'number' ? ` (character ${position})` : '';
  return `${typeof code === 'string' ? `with ${code}` : 'unexpectedly'}${what}${where}`;
}

/** Why no events came of it. */
export function failureOf(error: unknown): MappingError {
  const thrown: JsonObject = typeof error === 'object' ? { ...error } : {};
  const { code } = thrown;
  if (code === 'D1012')
    return new MappingTimeoutError(`${EXPRESSION} did not end within ${EVALUATION_OPTIONS.timeout} ms`);
  const bound = error instanceof BoundError ? error.message : BOUNDS.get(code);
  if (bound !== undefined)
    return new MappingError('MAPPING_FAILED', `${EXPRESSION} ${bound}`, [{ code: 'mapping_bound' }]);
  const said = OWN_WORDS.has(code) ? `: ${String(thrown['message']).slice(0, LONGEST_MESSAGE)}` : '';
  const message = `${EXPRESSION} failed ${placeOf(thrown)}${said}`;
  return new MappingError('MAPPING_FAILED', message, [{ code: 'mapping_failed' }]);
}
