import { isRfc3339 } from './iso8601';

describe('RFC 3339', () => {
  it.each(['2026-08-03T16:45:04Z', '2026-08-03t16:45:59.123456789+05:30', '2026-08-03 00:00:00-00:00'])(
    'should take %s, and it is a moment for Date, too',
    (text) => {
      expect(isRfc3339(text)).toBe(true);
      expect(Date.parse(text)).not.toBeNaN();
    },
  );

  it.each([
    '2016-12-31T23:59:60Z',
    '2016-12-31T23:59:60.5+00:00',
    '2026-02-30T00:00:00Z',
    '2026-08-03T16:45Z',
    '2026-08-03T16:45:04',
    '2026-08-03T16:45:04+19:00',
    '2026-08-03',
  ])('should not take %s', (text) => {
    expect(isRfc3339(text)).toBe(false);
  });
});
