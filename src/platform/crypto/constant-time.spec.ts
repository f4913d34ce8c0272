import { equalInConstantTime } from './constant-time';

it.each([
  ['a', 'a', true],
  ['', '', true],
  ['a', 'b', false],
  ['a', 'aa', false],
  ['ä', 'ä', true],
  ['x'.repeat(5000), 'x'.repeat(5000), true],
])('compares %.10j with %.10j', (given, expected, equal) => {
  expect(equalInConstantTime(given, expected)).toBe(equal);
});
