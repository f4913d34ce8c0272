/** MongoDB takes 100 levels, of which documents of ours use some; bodies are not read deeper, either. */
const MAX_DEPTH = 64;
/** Not text to MongoDB, a sign of its driver, or no member at all once it was copied. */
const UNUSABLE_NAME = /\0|^_bsontype$|^__proto__$/;

/** Whether MongoDB keeps a value of JSON as it is, whoever chose its names and numbers. */
export function isStorable(value: unknown, depth = 0): boolean {
  // JSON may say 1e400, which is no number of ours.
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth >= MAX_DEPTH) return false;
  return Object.entries(value).every(
    ([name, member]) => !UNUSABLE_NAME.test(name) && isStorable(member, depth + 1),
  );
}
