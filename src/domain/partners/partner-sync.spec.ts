import { PartnerSync } from './partner-sync';

/** A source whose readings end when the test says so. */
class SlowSource {
  readonly readings: { end: () => void; fail: () => void }[] = [];

  readonly load = (): Promise<void> =>
    new Promise((resolve, reject) => {
      this.readings.push({ end: resolve, fail: () => reject(new Error('away')) });
    });
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('PartnerSync', () => {
  it('reads once more for everybody who asks while it reads', async () => {
    const source = new SlowSource();
    const sync = new PartnerSync(source.load);
    const first = sync.refreshed();
    await settled();
    const later = Array.from({ length: 10 }, () => sync.refreshed());
    await settled();
    expect(source.readings).toHaveLength(1);

    source.readings[0]?.end();
    await first;
    await settled();
    expect(source.readings).toHaveLength(2);
    source.readings[1]?.end();
    await Promise.all(later);
    expect(source.readings).toHaveLength(2);
  });

  it('tells of a failed reading only who waited for it', async () => {
    const source = new SlowSource();
    const sync = new PartnerSync(source.load);
    const first = sync.refreshed();
    await settled();
    const second = sync.refreshed();
    source.readings[0]?.fail();
    await expect(first).rejects.toThrow('away');
    await settled();
    source.readings[1]?.end();
    await expect(second).resolves.toBeUndefined();
  });
});
