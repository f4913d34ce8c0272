import { ALLOWED_FUNCTIONS } from '#domain/partners/mapping/jsonata/functions';
import { LONGEST_SOURCE } from '#domain/partners/mapping/jsonata/source';
import { SHIPMENT_STATUSES } from '#domain/shipments/shipment-status';
import { blockTable } from './block-tables';

const inCode = (words: Iterable<string>): string => [...words].map((word) => `\`${word}\``).join(', ');

const example = `\`\`\`yaml
each: /events # a list, or one object as a list of one
where: { /kind: [a, b] } # other items are skipped; "*" is any
event: { trackingNumber: /awb, status: [/detail, /state], occurredAt: /at }
status: { MOVING: in_transit, DONE: delivered, PING: null }
time: { zone: Asia/Kolkata }
\`\`\``;

export const mappingSection = (): string => `## 6. Mapping

${example}

${blockTable('$defs', 'mapping')}

A **field** is a pointer (which keeps numbers), a template, \`{const: value}\` or a list of these: the first one present counts. Plain words are refused.

### mapping.event

${blockTable('$defs', 'mapping', 'properties', 'event')}

No item: the event is \`ignored\`. \`each\` not found, or a body that cannot be read: a dead letter. At most 500 items.

### mapping.events

A JSONata expression in the place of \`event\`, \`each\` and \`where\`. Beside the body it has \`$headers\` (names in lower case), \`$query\` and \`$receivedAt\`; what it reads of the first two it must name, as in \`$headers."x-topic"\`, for only that is kept. Prefer pointers where they suffice: they are some hundred times as quick.

It is cut off, and the event becomes a dead letter, after 10,000 steps, 100 nested calls, a list of more than 1,000 items or a text of more than 262,144 characters. One that has not ended after a second of the clock is tried again. At most ${LONGEST_SOURCE} characters; no regular expressions, no transform. Functions: ${inCode([...ALLOWED_FUNCTIONS].map((name) => `$${name}`))}.

## 7. Status and time

**Status** is one word or a list, the most specific first; the first one in the table wins. Compared without outer blanks, inner blanks as one, in any case; numbers by their decimal text. Targets: ${inCode(SHIPMENT_STATUSES)}, or \`null\` for a word that says nothing about the state. Without a word, or with \`null\`, the event goes into the history and changes nothing. A word that is not in the table is \`unknown\`, counted and listed in \`unmapped\`. Canonical names do not map to themselves.

${blockTable('$defs', 'mapping', 'properties', 'time')}

\`formats\` in order, then \`iso8601\`, then numbers. \`iso8601\`: \`T\` or a blank; seconds and fraction may be missing; \`Z\`, \`+08\`, \`+0800\`, \`+08:00\`, also after a blank; a date alone is midnight. Numbers (of JSON, or texts of 10 or 13 digits) below 10^11 are seconds, others milliseconds; \`unix\` and \`unix_ms\` force it. Patterns: \`yyyy yy MM M MMM dd d HH H hh h mm ss S a X\`; \`S\` is 1 to 9 digits, \`X\` an offset, \`'…'\` literal, a blank one or more. A clock put back: the first moment; put forward: 02:30 is 03:30.

Neither offset nor zone: no time (\`time_without_zone\`), never a guess. Likewise \`bad_time\`, and \`implausible_time\` outside 2000 to 2099; then the time of receipt orders the event. More than 24 hours ahead: kept, with \`future_time\`.`;
