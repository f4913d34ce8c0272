import { parseDocument } from 'yaml';
import { isObject } from '../body/json-value';
import { type Fault, faultAt } from '../document/fault';
import { type PartnerJson } from '../stored-partner';

export type ReadPartnerFile =
  | { readonly ok: true; readonly document: PartnerJson }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Where and what kind, never the parser's own words: they quote the file, and it may hold secrets. */
function syntaxFault({
  code,
  linePos,
}: {
  readonly code: string;
  readonly linePos?: readonly { readonly line: number; readonly col: number }[];
}): Fault {
  const [at] = linePos ?? [];
  const place = at === undefined ? '' : ` at line ${at.line}, column ${at.col}`;
  return faultAt('', `must be one YAML or JSON document (${code}${place})`);
}

const refused = (message: string): ReadPartnerFile => ({ ok: false, faults: [faultAt('', message)] });

/** Reads the text of a partner file; JSON is YAML, too. The rules of the grammar are not asked here. */
export function readPartnerFile(text: string): ReadPartnerFile {
  try {
    const parsed = parseDocument(text, { prettyErrors: true });
    if (parsed.errors.length > 0) return { ok: false, faults: parsed.errors.map(syntaxFault) };
    const document: unknown = parsed.toJS();
    if (!isObject(document)) return refused('must be an object, with an id');
    // Throws at what has no end: an alias may stand inside of what it names.
    JSON.stringify(document);
    return { ok: true, document };
  } catch {
    // Also where nesting is deeper than the stack; nothing of the error is told, it may quote the file.
    return refused('must end: write fewer aliases, none inside of what it names, and nest less deeply');
  }
}
