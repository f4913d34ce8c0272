const MAX_LENGTH = 500;
const SUSPICIOUS = /is not valid JSON|:\/\/|dup key:|with args beginning with/;

/**
 * Messages of libraries quote what they were working on: a piece of the body that does not parse, the key of
 * a document, the arguments of a command, a connection string with its password.
 */
export function shownText(text: string): string {
  if (!SUSPICIOUS.test(text)) return cut(text);
  if (text.includes('is not valid JSON')) return 'not valid JSON';
  const harmless = text
    .replace(/(:\/\/)[^/@\s]*@/g, '$1…@')
    .replace(/(dup key:|with args beginning with:?)[^]*$/, '$1 …');
  // Last: a password that is cut in the middle would no longer look like one.
  return cut(harmless);
}

const cut = (text: string): string => (text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text);
