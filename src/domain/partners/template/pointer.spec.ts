import { parsePointer, pointerOf, valueAt } from './pointer';

const at = (value: unknown, pointer: string): unknown => {
  const parsed = parsePointer(pointer);
  if (parsed === undefined) throw new Error(`${pointer} is no pointer`);
  return valueAt(value, parsed);
};

describe('pointers', () => {
  it.each([
    ['', { a: 1 }, { a: 1 }],
    ['/a', { a: 1 }, 1],
    ['/', { '': 2 }, 2],
    ['/a~1b', { 'a/b': 3 }, 3],
    ['/m~0n', { 'm~n': 4 }, 4],
    ['/~01', { '~1': 5 }, 5],
    ['/list/1', { list: ['x', 'y'] }, 'y'],
    ['/list/-1', { list: ['x', 'y'] }, 'y'],
    ['/list/-2', { list: ['x', 'y'] }, 'x'],
    ['/1', { 1: 'a member, not a place' }, 'a member, not a place'],
  ])('should find %s', (pointer, value, found) => {
    expect(at(value, pointer)).toEqual(found);
  });

  it.each([
    ['/b', { a: 1 }],
    ['/a/b', { a: 'text' }],
    ['/a/length', { a: [1, 2] }],
    ['/a/01', { a: [1, 2] }],
    ['/a/2', { a: [1, 2] }],
    ['/a/-3', { a: [1, 2] }],
    ['/a/-', { a: [1, 2] }],
    ['/constructor', {}],
    ['/__proto__', {}],
    ['/toString', { a: 1 }],
    ['/a', null],
  ])('should find nothing at %s', (pointer, value) => {
    expect(at(value, pointer)).toBeUndefined();
  });

  it.each(['a', 'a/b', '/a~2', '/~', ' /a'])('should not take %j for a pointer', (text) => {
    expect(parsePointer(text)).toBeUndefined();
  });

  it('should write what it reads', () => {
    expect(pointerOf('a/b', 0, 'm~n')).toBe('/a~1b/0/m~0n');
  });
});
