import { hash } from 'node:crypto';
import { type KeptRequest, type ParsedBody } from '../compiled-partner';
import { type DedupeFields, type DedupeSpec } from '../document/partner-document';
import { compileField } from '../mapping/field';
import { textOf } from '../mapping/mapping-scope';
import { type RequestScope } from '../mapping/mapping-form';
import { isWellFormed } from '../mapping/well-formed';
import { compileKeptText, scopeOf } from './kept-text';

export type DedupeKeyReader = (kept: KeptRequest, parsed: ParsedBody) => string;

/** Longer keys are kept as their digest: what sends them is not an id. */
const LONGEST_KEY = 255;

const digestOf = (bytes: Buffer | string): string => `sha256:${hash('sha256', bytes)}`;

const bounded = (key: string): string => (key.length > LONGEST_KEY ? digestOf(key) : key);

type Parts = (scope: RequestScope, body: Buffer) => string | undefined;

function compositeOf({ fields, onConflict = 'keep' }: DedupeFields): Parts {
  const readers = fields.map((field) => compileField(field));
  return (scope, body) => {
    let key = '';
    for (const read of readers) {
      const part = textOf(read({ ...scope, item: scope.body }));
      if (part === undefined) return undefined;
      key += `${part.length}:${part}`;
    }
    return onConflict === 'drop' ? key : key + digestOf(body);
  };
}

function partsOf(spec: DedupeSpec): Parts {
  if ('fields' in spec) return compositeOf(spec);
  return 'digest' in spec ? () => undefined : compileKeptText(spec);
}

/** A missing part is not an empty one, and one that is no Unicode text is like a missing one: then the body is the key. */
export function compileDedupeKey(spec: DedupeSpec = { digest: 'body' }): DedupeKeyReader {
  const read = partsOf(spec);
  return (kept, parsed) => {
    const key = read(scopeOf(kept, parsed), kept.body);
    return key === undefined || !isWellFormed(key) ? digestOf(kept.body) : bounded(key);
  };
}
