import { HMAC_ALGORITHMS } from '#domain/partners/document/signature-spec';
import { REQUEST_PARTS } from '#domain/partners/template/template';
import { blockTable } from './block-tables';
import { markdownTable } from './markdown-table';

/** Tokens of templates; a test asks the parser of templates about each. */
export const TOKENS: readonly (readonly [string, string])[] = [
  ['{body}', 'the raw body, exact bytes'],
  ['{body:/p}', 'the value at `/p` from the root of the body'],
  ['{item:/p}', 'the value in the current item of `each`; without `each`, in the body'],
  ['{/p}', 'the same, short'],
  ['{header:name}', 'a header, in any case'],
  ['{query:name}', 'a parameter of the URL'],
  ['{timestamp}', 'the text that `signature.timestamp.from` found'],
  ['{id}', 'the text that `signature.id` found'],
  ...REQUEST_PARTS.map((part) => [`{${part}}`, `part of the request as the sender wrote it`] as const),
  [
    '{form:sorted}',
    'a form body, decoded, sorted by name, then value, each name directly followed by its value',
  ],
  ['{secret}', 'the bytes of the key; always and only in type `hash`'],
];

const tokenTable = (): string => {
  const rows = TOKENS.filter(([token]) => !REQUEST_PARTS.some((part) => token === `{${part}}`));
  const parts = REQUEST_PARTS.map((part) => `\`{${part}}\``).join(' ');
  const told =
    'the method and the URL as the sender wrote it, and its parts: `host` with the port if written, `hostname` without, `target` is path and query';
  return markdownTable(
    ['token', 'value'],
    [...rows.map(([token, meaning]) => [`\`${token}\``, meaning]), [parts, told]],
  );
};

export const buildingBlocks = (): string => `## 1. Building blocks

**Pointer**: JSON Pointer (RFC 6901) into the parsed body, as \`/parcel/id\`. In mappings a negative index counts from the end (\`/scans/-1\`).

**Template**: text with tokens. \`{{\` and \`}}\` are literal braces. \`{token|text}\` has a default, which may be empty; otherwise a missing part makes the whole missing.

${tokenTable()}

In a _signed string_ \`{body:/p}\` and \`{item:/p}\` give the characters of a string, and anything else as its exact source text (\`1.0\`, an object with its blanks); a member name that comes twice on the path refuses the request. In a _mapping_ there are only \`body:\`, \`item:\`, \`header:\` and \`query:\`; numbers and booleans become text, while objects, lists and \`null\` are missing.

**Source**: one text of the request. Exactly one of \`header\`, \`query\`, \`body\`, \`item\`, \`claim\`, each a name or a list of names of which the first one present counts.

${blockTable('$defs', 'signatureSource')}

\`t=…,v1=…\` is \`split: ","\`, \`prefix: "v1="\`; \`v1,… v1,…\` is \`split: " "\`, \`prefix: "v1,"\`. A header or parameter that is sent twice is refused, with \`split\` it is joined. Empty is missing. Digests are ${HMAC_ALGORITHMS.map((name) => `\`${name}\``).join(', ')}.`;
