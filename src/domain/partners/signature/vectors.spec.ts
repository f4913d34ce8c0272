import { aPartner, aRequest } from '../testing/builders';
import { PUBLISHED_SIGNATURES as SIGNATURES, publishedVectors } from '../testing/published-vectors';

const vectors = publishedVectors();

describe('published signatures', () => {
  it('should all have a document here', () => {
    expect([...new Set(vectors.map(({ scheme }) => scheme))].sort()).toEqual(Object.keys(SIGNATURES).sort());
    expect(vectors.length).toBeGreaterThanOrEqual(25);
  });

  it.each(vectors.map((vector) => [vector.name, vector.valid ? 'accepted' : 'refused', vector] as const))(
    '%s should be %s',
    (_, __, { scheme, secret, headers, body, method, verify_at: at = 0, valid }) => {
      const partner = aPartner({ signature: SIGNATURES[scheme] }, [secret]);
      const verdict = partner.verify(aRequest({ headers, body, method }), new Date(at * 1000));
      expect(verdict.valid).toBe(valid);
    },
  );

  it('should say how much a signature covers', () => {
    const covers = new Map(
      vectors
        .filter(({ valid }) => valid)
        .map(({ scheme, secret, headers, body, verify_at: at = 0 }) => {
          const partner = aPartner({ signature: SIGNATURES[scheme] }, [secret]);
          const verdict = partner.verify(aRequest({ headers, body }), new Date(at * 1000));
          return [scheme, verdict.valid && verdict.covers];
        }),
    );
    expect(covers.get('trackingmore-v4')).toBe('none');
    covers.delete('trackingmore-v4');
    expect(new Set(covers.values())).toEqual(new Set(['body']));
  });
});
