import { instantOf } from './instant';
import { readPosition, writePosition } from './list-position';
import { olderThan } from './older-than';

describe('instantOf', () => {
  it.each([
    ['2025-06-01T12:00:00Z', '2025-06-01T12:00:00.000Z'],
    ['2025-06-01T12:00:00.123456Z', '2025-06-01T12:00:00.123Z'],
    ['2025-06-01T12:00:00+05:30', '2025-06-01T06:30:00.000Z'],
  ])('reads %s', (text, moment) => {
    expect(instantOf(text)?.toISOString()).toBe(moment);
  });

  it.each(['', 'today', '1717236000', '2025-06-01', '2025-06-01T12:00:00', '2025-02-30T12:00:00Z'])(
    'does not read %j',
    (text) => {
      expect(instantOf(text)).toBeUndefined();
    },
  );

  it.each([[undefined], [7], [['2025-06-01T12:00:00Z']]])('does not read %j', (value) => {
    expect(instantOf(value)).toBeUndefined();
  });
});

describe('list position', () => {
  it('comes back as it went', () => {
    const position = { at: new Date('2025-06-01T12:00:00.123Z'), id: 'acme/ä 1' };
    expect(readPosition(JSON.parse(JSON.stringify(writePosition(position))))).toEqual(position);
  });

  it.each([
    [null],
    [{}],
    [[]],
    [['x', 'y']],
    [['2025-06-01T12:00:00Z', 7]],
    [['2025-06-01T12:00:00Z', 'a', 'b']],
  ])('does not read %j', (carried) => {
    expect(readPosition(carried)).toBeUndefined();
  });
});

describe('olderThan', () => {
  const at = new Date('2025-06-01T12:00:00Z');

  it('asks for nothing on the first page', () => {
    expect(olderThan(undefined, (createdAt) => ({ createdAt }))).toEqual({});
  });

  it('bounds the time plainly, and tells those of the same moment apart by their ids', () => {
    expect(olderThan({ at, id: 'b' }, (createdAt) => ({ createdAt }))).toEqual({
      $and: [{ createdAt: { $lte: at } }, { $or: [{ createdAt: { $lt: at } }, { _id: { $lt: 'b' } }] }],
    });
  });
});
