import { type DigestEncoding } from './text-comparison';

const paddingFor = (text: string): string => '='.repeat((4 - (text.length % 4)) % 4);

/** What a sender may write for bytes that are encoded as this text. */
const IS_WRITTEN: Readonly<Record<DigestEncoding, (text: string, canonical: string) => boolean>> = {
  hex: (text, canonical) => text.toLowerCase() === canonical,
  base64: (text, canonical) => text === canonical,
  base64url: (text, canonical) => text === canonical || text === canonical + paddingFor(canonical),
};

/**
 * Node's decoders skip what they do not know and stop at what they do not expect, so many texts give the same
 * bytes. Here only the text that those bytes are encoded to is one; `undefined` for any other.
 */
export function decodeStrictly(text: string, encoding: DigestEncoding): Buffer | undefined {
  const bytes = Buffer.from(text, encoding);
  return IS_WRITTEN[encoding](text, bytes.toString(encoding)) ? bytes : undefined;
}
