import { parseTemplate, TemplateError } from './template';

const faultOf = (text: string): string => {
  try {
    parseTemplate(text);
  } catch (error) {
    if (error instanceof TemplateError) return error.message;
    throw error;
  }
  return 'none';
};

describe('templates', () => {
  it('should tell text from tokens', () => {
    expect(parseTemplate('v0:{timestamp}:{body}')).toEqual([
      'v0:',
      { kind: 'timestamp' },
      ':',
      { kind: 'raw-body' },
    ]);
    expect(parseTemplate('{{"a": {header:X-Id}}}')).toEqual([
      '{"a": ',
      { kind: 'header', name: 'x-id' },
      '}',
    ]);
    expect(parseTemplate('plain')).toEqual(['plain']);
    expect(parseTemplate('')).toEqual([]);
  });

  it('should know every token', () => {
    const pointer = [{ name: 'p', index: undefined }];
    expect(
      parseTemplate('{body:/p}{item:/p}{/p}{query:q}{query}{method}{url}{form:sorted}{id}{body:}{target}'),
    ).toEqual([
      { kind: 'body', pointer },
      { kind: 'item', pointer },
      { kind: 'item', pointer },
      { kind: 'parameter', name: 'q' },
      { kind: 'request', part: 'query' },
      { kind: 'request', part: 'method' },
      { kind: 'request', part: 'url' },
      { kind: 'sorted-form' },
      { kind: 'id' },
      { kind: 'body', pointer: [] },
      { kind: 'request', part: 'target' },
    ]);
  });

  it('should take a default, which may be empty', () => {
    expect(parseTemplate('{header:x|none}{/p|}')).toEqual([
      { kind: 'header', name: 'x', fallback: 'none' },
      { kind: 'item', pointer: [{ name: 'p', index: undefined }], fallback: '' },
    ]);
  });

  it.each([
    ['{nope}', /must be one of the tokens/],
    ['{}', /must be one of the tokens/],
    ['{header}', /must be one of the tokens/],
    ['{body:p}', /must be a JSON Pointer/],
    ['{header:a b}', /name of a header/],
    ['{query:}', /must name a parameter/],
    ['{body', /brace at 0/],
    ['body}', /brace at 4/],
    ['{a{b}', /brace at 0/],
  ])('should refuse %s and say what was expected', (text, message) => {
    expect(faultOf(text)).toMatch(message);
  });
});
