/** Far below what MongoDB takes, and beyond what anybody means. */
const MAX_DEPTH = 32;
/** Not text to MongoDB, or a sign of its driver. */
const UNUSABLE_KEY = /\0|^_bsontype$|^__proto__$/;

/** Whether a value of JSON can be kept as it is. */
export function isStorable(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth === MAX_DEPTH) return false;
  return Object.entries(value).every(
    ([key, inner]) => !UNUSABLE_KEY.test(key) && isStorable(inner, depth + 1),
  );
}
