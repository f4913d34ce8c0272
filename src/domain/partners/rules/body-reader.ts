import { type ParsedBody } from '../compiled-partner';
import { formatOf } from '../body/body-format';
import { type BodySettings } from '../body/body-settings';
import { decodeUtf8, readJson } from '../body/json';
import { isList, isObject } from '../body/json-value';
import { isDecoded } from '../mapping/well-formed';
import { parsePointer, type Pointer, valueAt } from '../template/pointer';

export type BodyReader = (body: Buffer, contentType: string) => ParsedBody;

const refuse = (message: string, path?: string): ParsedBody => ({
  ok: false,
  message,
  ...(path && { path }),
});

/** Names with a text, or with the list of texts where a name comes more than once. */
function readForm(text: string): ParsedBody {
  const fields = new URLSearchParams(text);
  if (fields.has('__proto__')) return refuse('a field must not be named __proto__', '/__proto__');
  const names = [...new Set(fields.keys())].filter(isDecoded);
  const entries = names.flatMap((name) => {
    const values = fields.getAll(name);
    if (!values.every(isDecoded)) return [];
    return [[name, values.length === 1 ? values[0] : values] as const];
  });
  return { ok: true, value: Object.fromEntries(entries) };
}

function readPlain(body: Buffer, format: 'form' | 'text'): ParsedBody {
  const text = decodeUtf8(body);
  if (text === undefined) return refuse('the body must be UTF-8');
  return format === 'form' ? readForm(text) : { ok: true, value: text };
}

/** Puts a value in the place of another in a freshly parsed body, which nobody else holds yet. */
function replaceAt(root: unknown, pointer: Pointer, value: unknown): unknown {
  const last = pointer.at(-1);
  if (last === undefined) return value;
  const parent = valueAt(root, pointer.slice(0, -1));
  if (isList(parent)) {
    const { index = 0 } = last;
    Reflect.set(parent, index < 0 ? parent.length + index : index, value);
  } else if (isObject(parent)) Reflect.set(parent, last.name, value);
  return root;
}

function unwrapOne(parsed: ParsedBody, text: string, pointer: Pointer): ParsedBody {
  if (!parsed.ok) return parsed;
  const packed = valueAt(parsed.value, pointer);
  if (typeof packed !== 'string') return parsed;
  const inner = readJson(Buffer.from(packed));
  if (!inner.ok) return refuse(`${inner.message} (the text at "${text}")`, text + (inner.path ?? ''));
  return { ok: true, value: replaceAt(parsed.value, pointer, inner.value) };
}

export function compileBodyReader({ format = 'auto', unwrap = [] }: BodySettings): BodyReader {
  const packed = unwrap.map((text) => ({ text, pointer: parsePointer(text) ?? [] }));
  const read: BodyReader = (body, contentType) => {
    const actual = formatOf(format, contentType);
    return actual === 'json' ? readJson(body) : readPlain(body, actual);
  };
  if (packed.length === 0) return read;
  return (body, contentType) =>
    packed.reduce((parsed, { text, pointer }) => unwrapOne(parsed, text, pointer), read(body, contentType));
}
