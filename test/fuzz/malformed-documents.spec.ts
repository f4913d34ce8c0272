import fc from 'fast-check';
import { compilePartner } from '#domain/partners/compile-partner';
import { type PartnerDocument } from '#domain/partners/document/partner-document';
import { MappingError } from '#domain/partners/mapping-error';
import { parsePartnerDocument } from '#domain/partners/parse-partner-document';
import { PresetLibrary } from '#domain/partners/preset-library';
import { malformedDocument } from './malformed-document';
import { runsOf, SEED } from './runs';

const LIMIT_MS = 30 * 60_000;
const library = PresetLibrary.load();
const RIGHT = library.names().map((name) => ({
  ...library.get(name),
  secrets: [{ value: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }],
}));

const BODIES = ['{"id":"1","awb":"A1","events":[{"status":"x"}]}', '[1,2]', 'a=1&b=2', '\ufffd', ''].map(
  (text) => Buffer.from(text),
);

/** A document that was found right must serve: no request and no body may make it throw something unforeseen. */
async function serve(document: PartnerDocument): Promise<void> {
  const partner = compilePartner(document, {
    defaultToleranceSeconds: 60,
    defaultBodyBytes: 262_144,
    revision: 1,
    secrets: [{ id: 'one', value: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', createdAt: new Date(0) }],
  });
  for (const body of BODIES) {
    const contentType = 'application/json';
    const rawHeaders = ['content-type', contentType, 'x-signature', 'a', 'webhook-id', '1'];
    partner.verify({ method: 'POST', target: '/x?a=1', rawHeaders, body, contentType }, new Date());
    const kept = { contentType, body, headers: {}, query: {} };
    const parsed = partner.rules.parse(body, contentType);
    partner.rules.dedupeKey(kept, parsed);
    partner.rules.priority(kept, parsed);
    const schemaVersion = partner.rules.schemaVersion(kept, parsed);
    try {
      await partner.rules.map({ ...kept, eventId: 'evt_1', receivedAt: new Date(), schemaVersion });
    } catch (error) {
      if (!(error instanceof MappingError)) throw error;
    }
  }
}

describe('malformed partner documents', () => {
  it(
    'should be refused with paths and expectations, or serve without a surprise',
    async () => {
      const documents = fc.sample(malformedDocument(RIGHT), { numRuns: runsOf(10_000), seed: SEED });
      let refused = 0;
      for (const document of documents) {
        const parsed = parsePartnerDocument(document, library);
        if (parsed.ok) {
          await serve(parsed.document);
          continue;
        }
        refused += 1;
        expect(parsed.faults.length).toBeGreaterThan(0);
        for (const { path, message } of parsed.faults) {
          expect(path === '' || path.startsWith('/')).toBe(true);
          expect(message.length).toBeGreaterThan(3);
        }
      }
      // Most are wrong, and some are still right: both ways were tried.
      expect(refused).toBeGreaterThan(documents.length / 3);
      expect(refused).toBeLessThan(documents.length);
    },
    LIMIT_MS,
  );
});
