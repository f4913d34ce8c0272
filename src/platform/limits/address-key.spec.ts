import { addressKey } from './address-key';

describe('whom an address stands for', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
    ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s: %s', (address, key) => expect(addressKey(address)).toBe(key));

  it.each(['', 'unknown', '203.0.113.9:1234', '1.2.3', 'x'.repeat(10_000), ':'])(
    'what is no address has one key with all others: %.20s',
    (text) => expect(addressKey(text)).toBe('none'),
  );
});
