import { isStorable } from './storable';

const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);

describe('what can be kept of JSON', () => {
  it.each([
    ['nothing', null],
    ['text, numbers and lists', { a: 'x', b: [1, -0.5, true, null], c: {} }],
    ['names with dots and dollars', { 'a.b': 1, $set: { x: 2 } }],
    ['64 levels', nested(64)],
  ])('should be %s', (_, value) => {
    expect(isStorable(value)).toBe(true);
  });

  it.each([
    ['names with a NUL', { a: [{ 'b\0': 1 }] }],
    ["a sign of the driver's own", { a: { _bsontype: 'ObjectId' } }],
    ['a prototype', JSON.parse('{"a":{"__proto__":{}}}')],
    ['numbers beyond all numbers', { a: [1e400] }],
    ['more levels', nested(65)],
  ])('should not be %s', (_, value) => {
    expect(isStorable(value)).toBe(false);
  });
});
