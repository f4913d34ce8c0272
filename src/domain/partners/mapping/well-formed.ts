/// <reference lib="es2024.string" />

/**
 * False where half of a character stands alone, as JSON can escape it: UTF-8 has no bytes for that, so texts that
 * differ only there would be the same once they are hashed or stored.
 */
export const isWellFormed = (text: string): boolean => text.isWellFormed();

/**
 * False where a percent-escape was no UTF-8: it becomes U+FFFD, whatever it was, so that different ids would be one.
 * Such a text of a form or a query is like a missing one.
 */
export const isDecoded = (text: string): boolean => !text.includes('\ufffd');
