import fc from 'fast-check';
import { compileSignedTime, compileTime, type TimeSettings } from './parse-time';

const read = (value: string | number, settings: TimeSettings = {}, zone?: string): string => {
  const time = compileTime(settings)(value, zone);
  return 'at' in time ? time.at.toISOString() : time.problem;
};

const moment = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
const twoDigits = (value: number): string => String(value).padStart(2, '0');

describe('times', () => {
  it.each([
    ['2026-08-03T16:45:04.123Z', '2026-08-03T16:45:04.123Z'],
    ['2026-08-03 16:45:04Z', '2026-08-03T16:45:04.000Z'],
    ['2026-08-03T16:45Z', '2026-08-03T16:45:00.000Z'],
    ['2026-08-03T16:45:04.123456789Z', '2026-08-03T16:45:04.123Z'],
    ['2026-08-03T16:45:04.9Z', '2026-08-03T16:45:04.900Z'],
    ['2026-08-03T16:45:04+08', '2026-08-03T08:45:04.000Z'],
    ['2026-08-03T16:45:04+0800', '2026-08-03T08:45:04.000Z'],
    ['2026-08-03T16:45:04+08:00', '2026-08-03T08:45:04.000Z'],
    ['2026-08-03T16:45:04 -05:30', '2026-08-03T22:15:04.000Z'],
    ['  2026-08-03t16:45:04z ', '2026-08-03T16:45:04.000Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ])('should read ISO 8601: %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-08-03T24:00:00Z',
    '2026-08-03T16:60:00Z',
    '2026-08-03T16:45.04Z',
    '2026-08-03T16:45:04+19:00',
    '2026-08-03T16:45:04+08:60',
    '2026-8-3T16:45:04Z',
    'yesterday',
    '1700000000.5',
    '12345678901',
    `2026-08-03T16:45:04Z${' '.repeat(50)}${'x'.repeat(100)}`,
  ])('should make no time of %j', (text) => {
    expect(read(text)).toBe('bad_time');
  });

  it('should never guess a zone', () => {
    expect(read('2026-08-03T16:45:04')).toBe('time_without_zone');
    expect(read('2026-08-03')).toBe('time_without_zone');
    expect(read('2026-08-03T16:45:04', {}, 'Nowhere/City')).toBe('time_without_zone');
    expect(read('2026-08-03T16:45:04', { zone: 'Asia/Kolkata' }, 'Nowhere/City')).toBe('time_without_zone');
  });

  it('should take the zone where there is no offset, and that of the item first', () => {
    expect(read('2026-08-03T22:15:04.123', { zone: 'Asia/Kolkata' })).toBe('2026-08-03T16:45:04.123Z');
    expect(read('2026-08-03', { zone: 'Asia/Kolkata' })).toBe('2026-08-02T18:30:00.000Z');
    expect(read('2026-08-03T22:15:04', { zone: '+05:30' })).toBe('2026-08-03T16:45:04.000Z');
    expect(read('2026-08-03T12:00:00', { zone: 'Asia/Kolkata' }, 'Europe/Berlin')).toBe(
      '2026-08-03T10:00:00.000Z',
    );
    expect(read('2026-02-05T10:00:00+05:30', { zone: 'Europe/Berlin' })).toBe('2026-02-05T04:30:00.000Z');
  });

  it('should not believe the offset of senders who write Z on local time', () => {
    const settings = { zone: 'America/New_York', trustOffset: false };
    expect(read('2026-07-01T12:00:00Z', settings)).toBe('2026-07-01T16:00:00.000Z');
  });

  it.each([
    ['America/New_York', '2026-11-01T01:30:00', '2026-11-01T05:30:00.000Z', 'put back: the first of both'],
    ['America/New_York', '2026-03-08T02:30:00', '2026-03-08T07:30:00.000Z', 'put forward: 02:30 is 03:30'],
    ['Europe/Berlin', '2026-10-25T02:30:00', '2026-10-25T00:30:00.000Z', 'put back'],
    ['Europe/Berlin', '2026-03-29T02:30:00', '2026-03-29T01:30:00.000Z', 'put forward'],
    ['Europe/Berlin', '2026-03-29T03:00:00', '2026-03-29T01:00:00.000Z', 'the moment after'],
    ['Europe/Berlin', '2026-03-29T01:59:59', '2026-03-29T00:59:59.000Z', 'the moment before'],
    ['Europe/Berlin', '2026-10-25T03:00:00', '2026-10-25T02:00:00.000Z', 'after both'],
    ['Australia/Lord_Howe', '2026-04-05T01:45:00', '2026-04-04T14:45:00.000Z', 'half an hour put back'],
    ['Pacific/Apia', '2011-12-30T12:00:00', '2011-12-30T22:00:00.000Z', 'a day that was left out'],
  ])('should know the clocks of %s at %s', (zone, text, expected) => {
    expect(read(text, { zone })).toBe(expected);
  });

  it.each([
    [1700000000, '2023-11-14T22:13:20.000Z'],
    [1700000000.25, '2023-11-14T22:13:20.250Z'],
    [1700000000123, '2023-11-14T22:13:20.123Z'],
    ['1700000000', '2023-11-14T22:13:20.000Z'],
    ['1700000000123', '2023-11-14T22:13:20.123Z'],
    [123, 'implausible_time'],
    [-1, 'implausible_time'],
    [1e300, 'implausible_time'],
    ['1999-12-31T23:59:59Z', 'implausible_time'],
    ['2100-01-01T00:00:00Z', 'implausible_time'],
    ['2099-12-31T23:59:59Z', '2099-12-31T23:59:59.000Z'],
  ])('should read numbers by their size: %s', (value, expected) => {
    expect(read(value)).toBe(expected);
  });

  it('should take the unit that the document names', () => {
    expect(read('1700000000123', { formats: ['unix_ms'] })).toBe('2023-11-14T22:13:20.123Z');
    expect(read(1700000000123, { formats: ['unix'] })).toBe('implausible_time');
    expect(read('1700000000.5', { formats: ['unix'] })).toBe('2023-11-14T22:13:20.500Z');
    expect(read(99_999_999_999, { formats: ['unix_ms'] })).toBe('implausible_time');
  });

  it.each([
    ['dd MM yyyy HH:mm:ss', '23 05 2023 11:43:52', '2023-05-23T11:43:52.000Z'],
    ['dd MM yyyy HH:mm:ss', '23   05 2023  11:43:52', '2023-05-23T11:43:52.000Z'],
    ['yyyyMMdd HHmmss', '20240423 135004', '2024-04-23T13:50:04.000Z'],
    ['d/M/yy h:mm a', '3/8/26 4:05 PM', '2026-08-03T16:05:00.000Z'],
    ['d/M/yy hh:mm a', '3/8/26 12:05 am', '2026-08-03T00:05:00.000Z'],
    ['d MMM yyyy', '3 aug 2026', '2026-08-03T00:00:00.000Z'],
    ["yyyy-MM-dd'T'HH:mm:ss.SSSX", '2026-08-03T16:45:04.1234567+0200', '2026-08-03T14:45:04.123Z'],
    ["dd.MM.yyyy 'um' HH'h'", '03.08.2026 um 16h', '2026-08-03T16:00:00.000Z'],
    ["yyyy''MM''dd", "2026'08'03", '2026-08-03T00:00:00.000Z'],
    ['yyyyMMdd', 20260803, '2026-08-03T00:00:00.000Z'],
  ])('should read the pattern %s', (pattern, value, expected) => {
    expect(read(value, { formats: [pattern], zone: 'UTC' })).toBe(expected);
  });

  it('should try formats in order, then ISO 8601, then numbers', () => {
    const settings = { formats: ['dd MM yyyy HH:mm', 'MM/dd/yyyy'], zone: 'UTC' };
    expect(read('10 01 2026 12:00', settings)).toBe('2026-01-10T12:00:00.000Z');
    expect(read('01/10/2026', settings)).toBe('2026-01-10T00:00:00.000Z');
    expect(read('2026-01-10T12:00:00Z', settings)).toBe('2026-01-10T12:00:00.000Z');
    expect(read('1700000000', settings)).toBe('2023-11-14T22:13:20.000Z');
    expect(read('31 02 2026 12:00', settings)).toBe('bad_time');
    expect(read('1 13 PM', { formats: ['d M yyyy h a'] })).toBe('bad_time');
  });

  it('should give back the moment that was written', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: -14 * 60, max: 14 * 60 }), (at, offset) => {
        const shown = new Date(at.getTime() + offset * 60_000).toISOString().slice(0, -1);
        const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
        const text = `${shown}${offset < 0 ? '-' : '+'}${twoDigits(hours)}:${twoDigits(minutes)}`;
        expect(read(text)).toBe(at.toISOString());
        expect(read(Math.floor(at.getTime() / 1000))).toBe(`${at.toISOString().slice(0, 19)}.000Z`);
      }),
    );
  });

  it('should give back what clocks of a zone showed, but for the hour that comes twice', () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kolkata',
      'Africa/Cairo',
      'Australia/Lord_Howe',
    ];
    fc.assert(
      fc.property(moment, fc.constantFrom(...zones), (at, zone) => {
        const clock = new Intl.DateTimeFormat('sv-SE', {
          timeZone: zone,
          dateStyle: 'short',
          timeStyle: 'medium',
        });
        const shown = clock.format(at);
        const found = read(shown, { zone });
        expect(clock.format(new Date(found))).toBe(shown);
        expect(Date.parse(found)).toBeLessThanOrEqual(at.getTime());
      }),
      { numRuns: 200 },
    );
  });
});

describe('times that are signed', () => {
  it.each([
    ['unix', '1614265330', 1614265330000],
    ['unix', '1614265330.25', 1614265330250],
    ['unix_ms', '1614265330123', 1614265330123],
    ['iso8601', '2021-02-25T15:02:10Z', 1614265330000],
    ['iso8601', '2021-02-25T15:02:10', 1614265330000],
    ["yyyyMMdd'T'HHmmss'Z'", '20210225T150210Z', 1614265330000],
    ['unix', 'hello', undefined],
    ['unix', '', undefined],
    ['unix', '-1614265330', undefined],
    ['unix', '1e9', undefined],
    ['unix', ' 1614265330', undefined],
    ['unix', '2021-02-25T15:02:10Z', undefined],
    ['iso8601', '1614265330', undefined],
  ])('%s %j', (format, text, at) => {
    expect(compileSignedTime(format)(text)).toBe(at);
  });
});
