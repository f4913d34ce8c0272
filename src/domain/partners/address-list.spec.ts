import { compileAddressList, parseNetwork } from './address-list';

describe('address lists', () => {
  const allows = compileAddressList([
    '203.0.113.0/24',
    '198.51.100.7',
    '2001:db8::/32',
    '::ffff:192.0.2.0/120',
  ]);

  it.each(['203.0.113.9', '198.51.100.7', '2001:db8:1::1', '::ffff:203.0.113.9', '192.0.2.200'])(
    'should allow %s',
    (address) => {
      expect(allows(address)).toBe(true);
    },
  );

  it.each([
    '203.0.114.1',
    '198.51.100.8',
    '2001:db9::1',
    '::1',
    '192.0.3.1',
    '',
    'localhost',
    '3405803785',
    '0xcb007109',
  ])('should not allow %j', (address) => {
    expect(allows(address)).toBe(false);
  });

  it('should allow all without a list, and none with an empty one', () => {
    expect(compileAddressList(undefined)('203.0.113.9')).toBe(true);
    expect(compileAddressList([])('203.0.113.9')).toBe(false);
  });

  it.each(['', 'example.com', '203.0.113.0/33', '203.0.113/24', '2001:db8::/129', '*', '10/8'])(
    'should take %j for no network',
    (text) => {
      expect(parseNetwork(text)).toBeUndefined();
    },
  );
});
