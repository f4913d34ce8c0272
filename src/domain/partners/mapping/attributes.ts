/** Deeper documents are refused by stores; bodies are not read deeper either. */
const MAX_DEPTH = 64;

/** False for what no store takes: names with a NUL, and too many levels. */
export function isStorable(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth >= MAX_DEPTH) return false;
  return Object.entries(value).every(
    ([name, member]) => !name.includes('\0') && isStorable(member, depth + 1),
  );
}
