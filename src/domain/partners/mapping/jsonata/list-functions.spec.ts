import jsonata from 'jsonata';
import { BoundError } from './bounds';
import { Evaluator } from './evaluator';

const BODY = {
  list: [1, 2, 1, '1', 0, -0, null, { a: 1, b: [2] }, { b: [2], a: 1 }, [1], [1], true, 'true'],
  same: [{ v: 'x' }, { v: 'x' }],
  objects: [
    { a: 1, b: 2 },
    { b: 3, c: 4 },
  ],
  one: { only: 1 },
  none: {},
  text: 'x',
};
const ours = (source: string, body: unknown = BODY) => new Evaluator(source).evaluate(body, {});
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify({ value }));

describe('functions over lists', () => {
  it.each([
    '$distinct(list)',
    '$distinct(same)',
    '$distinct(same.v)',
    '$distinct(same).v',
    '$distinct(text)',
    '$distinct(nowhere)',
    '$count($distinct([$sum, $sum, $max]))',
    '$merge(objects)',
    '$merge(one)',
    '$merge([])',
    '$merge(nowhere)',
    '$keys(objects)',
    '$keys(one)',
    '$keys(none)',
    '$keys(text)',
    '$keys([objects, [one]])',
    'one.$keys()',
    '$spread(objects)',
    '$spread(one)',
    '$spread(none)',
    '$spread(text)',
    '$spread(list)',
    '$spread([one])',
    '$spread(nowhere)',
  ])('give what those of JSONata give: %s', async (source) => {
    expect(plain(await ours(source))).toEqual(plain(await jsonata(source).evaluate(BODY)));
  });

  const wide = Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`k${index}`, index]));
  const alike = Array.from({ length: 1000 }, (_, index) => ({ ...wide, k899: index }));

  it.each([
    ['$merge([1..900].$$.wide)', /50000 values/],
    ['$keys([1..900].$$.wide)', /50000 values/],
    ['[1..900].$count($keys($$.wide))', /50000 values/],
    ['$distinct(alike)', /50000 values/],
    ['$spread($map([1..900], function($i) { $$.empty }))', /50000 values/],
    ['$distinct([1..900].($string($) & $$.long))', /50000 values/],
    ['$spread([wide, wide])', /1000 items/],
  ])('are cut off by what they look at: %s', async (source, message) => {
    const evaluation = ours(source, { wide, alike, empty: Array(100).fill([]), long: 'x'.repeat(20_000) });
    await expect(evaluation).rejects.toThrow(message);
    await expect(evaluation).rejects.toBeInstanceOf(BoundError);
  });

  it('count anew for each evaluation', async () => {
    const evaluator = new Evaluator('$count($keys(wide))');
    for (let done = 0; done < 60; done += 1) expect(await evaluator.evaluate({ wide }, {})).toBe(900);
  });
});
