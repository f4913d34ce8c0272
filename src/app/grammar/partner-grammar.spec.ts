import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTemplate } from '#domain/partners/template/template';
import { TOKENS } from './building-blocks';
import { markdownTable } from './markdown-table';
import { partnerGrammar } from './partner-grammar';

const FILE = join(__dirname, '../../../docs/partner-grammar.md');

describe('the reference of the partner grammar', () => {
  it('should be in step with the schema that checks documents', () => {
    expect(readFileSync(FILE, 'utf8')).toBe(partnerGrammar());
  });

  it('should name tokens that templates know', () => {
    for (const [token] of TOKENS) expect(parseTemplate(token)).toEqual([expect.any(Object)]);
  });
});

describe('a table', () => {
  it('should be aligned, and keep its bars apart from those of its cells', () => {
    expect(markdownTable(['a', 'b'], [['long cell', 'x|y']])).toBe(
      ['| a         | b    |', '| --------- | ---- |', '| long cell | x\\|y |'].join('\n'),
    );
  });
});
