/** This request cannot be signed as the document says; the message tells what is missing. */
export class UnsignableError extends Error {}
