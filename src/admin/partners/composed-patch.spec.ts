import fc from 'fast-check';
import { mergePatch } from '#domain/partners/document/merge-patch';
import { composedPatch } from './composed-patch';

/** Few names, so that the three documents meet in many places. */
const { document } = fc.letrec((tie) => ({
  document: fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), tie('value'), { maxKeys: 3 }),
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.constantFrom(null, 1, 'x'),
    fc.constant([1, null]),
    tie('document'),
  ),
}));

describe('composedPatch', () => {
  it('does to the base what one patch after the other does', () => {
    fc.assert(
      fc.property(document, document, document, (base, first, second) => {
        const once = mergePatch(base, composedPatch(base, first, second));
        expect(once).toEqual(mergePatch(mergePatch(base, first), second));
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps a removal, or what lies beneath would come back', () => {
    const written = { status: { MOVING: 'in_transit' } };
    const patch = composedPatch({ status: { DONE: 'delivered' } }, written, { status: { DONE: null } });
    expect(patch).toEqual({ status: { MOVING: 'in_transit', DONE: null } });
  });

  it('replaces as a whole what the first patch had replaced', () => {
    const base = { signature: { type: 'hmac', timestamp: { format: 'unix' } } };
    const patch = composedPatch(base, { signature: [{ type: 'token' }] }, { signature: { type: 'basic' } });
    expect(mergePatch(base, patch)).toEqual({ signature: { type: 'basic' } });
  });
});
