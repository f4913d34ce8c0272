import { isObject } from '#domain/partners/body/json-value';
import { mergePatch } from '#domain/partners/document/merge-patch';
import { type PartnerJson } from '#domain/partners/stored-partner';
import { composedPatch } from './composed-patch';

const objectOf = (value: unknown): PartnerJson => (isObject(value) ? value : {});

/**
 * The document as it is stored after a merge patch (RFC 7396) on what `written` says. `presetOf` gives a preset
 * by its name.
 */
export function changedDocument(
  written: PartnerJson,
  patch: PartnerJson,
  presetOf: (name: string) => unknown,
): PartnerJson {
  const before = written['preset'];
  const after = Object.hasOwn(patch, 'preset') ? patch['preset'] : before;
  // Without a preset a `null` that was written is a value: a word that has no status.
  if (typeof before !== 'string') return objectOf(mergePatch(written, patch));
  // Over a preset it took something away from it, and there is nothing left to take away from.
  if (typeof after !== 'string') return objectOf(mergePatch(mergePatch({}, written), patch));
  return objectOf(composedPatch(presetOf(after), written, patch));
}
