/** What an expression may call: all that ends by itself, in a time and a size that its arguments bound. */
export const ALLOWED_FUNCTIONS: ReadonlySet<string> = new Set(
  (
    'string length substring substringBefore substringAfter lowercase uppercase trim contains split join ' +
    'replace number floor ceil round abs sum count max min average boolean not exists type map filter single ' +
    'reduce sift each keys lookup append spread merge reverse sort distinct zip error assert'
  ).split(' '),
);

/**
 * The rest of JSONata 2.2: it runs text of the body, gives something else each time, or makes in one call what no
 * bound can interrupt.
 */
export const DENIED_FUNCTIONS: readonly string[] = (
  'eval now millis random shuffle pad match formatNumber formatBase formatInteger parseInteger sqrt power ' +
  'base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl toMillis fromMillis clone'
).split(' ');

/** What a mapping finds beside the body. */
export const BINDINGS = ['headers', 'query', 'receivedAt'] as const;
