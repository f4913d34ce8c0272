/** The body with one piece of text changed; that it holds the piece is part of the promise. */
export function replaced(body: Buffer, piece: string, by: string): Buffer {
  const text = body.toString();
  if (!text.includes(piece)) throw new Error(`the sample no longer holds ${piece}: mend the scenario`);
  return Buffer.from(text.replace(piece, by));
}
