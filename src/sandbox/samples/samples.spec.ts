import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { shippedConfig } from '#domain/partners/shipped-config';
import { readPartnerDocument, Samples } from './samples';

describe('Samples', () => {
  const { all } = Samples.read();

  it.each(all)('holds $file byte for byte as it was taken over', ({ file, sha256 }) => {
    const bytes = readFileSync(shippedConfig('samples', file));

    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  });

  it.each(all)('sends $file as JSON without the line feed of the file', ({ body, trackingNumber }) => {
    expect(body.toString()).toMatch(/^\{[^]*\}$/);
    expect(body.toString()).toContain(`"${trackingNumber}"`);
  });

  it('has bodies of the three couriers that have a preset, and of one that has none', () => {
    expect(new Set(all.map(({ partner }) => partner))).toEqual(
      new Set(['easypost', 'shippo', 'delhivery', 'ups']),
    );
    expect(readPartnerDocument('ups')).toMatchObject({ id: 'ups' });
  });

  it('says what to do about a body that is not in the index', () => {
    expect(() => Samples.read().take('nobody.json')).toThrow('index.json names no nobody.json: add it there');
  });
});
