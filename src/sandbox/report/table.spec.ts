import { table } from './table';

const HEADER = ['partner', 'answer'];
const ROWS = [['easypost', '202'], ['ups']];

describe('table', () => {
  it('is plain text with aligned columns', () => {
    expect(table(HEADER, ROWS, { boxed: false }).split('\n')).toEqual([
      'partner   answer',
      '--------  ------',
      'easypost  202',
      'ups',
    ]);
  });

  it('draws boxes where it may', () => {
    expect(table(HEADER, ROWS, { boxed: true }).split('\n')).toEqual([
      '┌──────────┬────────┐',
      '│ partner  │ answer │',
      '├──────────┼────────┤',
      '│ easypost │ 202    │',
      '│ ups      │        │',
      '└──────────┴────────┘',
    ]);
  });

  it('draws none where its lines would break', () => {
    expect(table(HEADER, ROWS, { boxed: true, columns: 20 })).toBe(table(HEADER, ROWS, { boxed: false }));
    expect(table(HEADER, ROWS, { boxed: true, columns: 21 })).toContain('│');
  });

  it('does not count colours as letters', () => {
    const coloured = table(HEADER, [['\u001b[32measypost\u001b[39m', '202']], { boxed: false });

    expect(coloured.split('\n')[2]).toBe('\u001b[32measypost\u001b[39m  202');
  });
});
