import { compileElements } from './elements';

describe('elements of a value', () => {
  it.each([
    [{}, 'abc', ['abc']],
    [{ prefix: 'sha256=' }, 'sha256=abc', ['abc']],
    [{ prefix: 'sha256=' }, 'abc', []],
    [{ prefix: 'sha256=' }, 'sha256=', []],
    [{ prefix: ['v1=', 'v2='] }, 'v2=abc', ['abc']],
    [{ prefix: ['', 'v1='] }, 'v1=abc', ['abc']],
    [{ prefix: ['', 'v1='] }, 'abc', ['abc']],
    [{ suffix: ';' }, 'abc;', ['abc']],
    [{ suffix: ';' }, 'abc', []],
    [{ prefix: 'ab', suffix: 'bc' }, 'abc', []],
    [{ split: ' ', prefix: 'v1,' }, 'v1,aa v2,bb  v1,cc', ['aa', 'cc']],
    [{ split: ',', prefix: 'v1=' }, 't=1, v1=aa ,\tv1=bb', ['aa', 'bb']],
    [{ split: ',' }, ',,', []],
    [{ split: ',' }, ' a ', ['a']],
  ])('%j of %j', (spec, value, elements) => {
    expect(compileElements(spec)(value)).toEqual(elements);
  });

  it('should not be held up by long runs of blanks', () => {
    const blanks = ' '.repeat(1_000_000);
    expect(compileElements({ split: ',' })(`a${blanks}b`)).toEqual([`a${blanks}b`]);
    expect(compileElements({ split: ',' })(`${blanks},${blanks}a${blanks}`)).toEqual(['a']);
  });

  it('should take 32 elements and no more', () => {
    const elements = compileElements({ split: ',' });
    expect(elements(Array(32).fill('a').join(','))).toHaveLength(32);
    expect(elements(Array(33).fill('a').join(','))).toBeUndefined();
  });
});
