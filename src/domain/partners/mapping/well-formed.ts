/// <reference lib="es2024.string" />

/**
 * False where half of a character stands alone, as JSON can escape it: UTF-8 has no bytes for that, so texts that
 * differ only there would be the same once they are hashed or stored.
 */
export const isWellFormed = (text: string): boolean => text.isWellFormed();
