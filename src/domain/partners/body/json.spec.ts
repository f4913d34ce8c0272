import fc from 'fast-check';
import { readJson } from './json';

const read = (text: string) => readJson(Buffer.from(text));
const valueOf = (text: string): unknown => {
  const parsed = read(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
};

describe('readJson', () => {
  it('should agree with native parsing on any document without special cases', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), (text) => {
        fc.pre(!text.includes('__proto__') && !/[0-9]{16}/.test(text));
        expect(read(text)).toEqual({ ok: true, value: JSON.parse(text) as unknown });
      }),
    );
  });

  it('should read every document the same on the slow way', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), fc.constantFrom('', ' ', '\n\t'), (text, blank) => {
        fc.pre(!text.includes('__proto__') && !/[0-9]{16}/.test(text));
        const slow = `[9007199254740992,${blank}${text}${blank}]`;
        expect(valueOf(slow)).toEqual(['9007199254740992', JSON.parse(text)]);
      }),
    );
  });

  it('should never throw, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(typeof readJson(Buffer.from(bytes)).ok).toBe('boolean');
      }),
    );
    const signs = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      ',',
      '\\',
      '1',
      '.',
      'e',
      '-',
      'null',
      'a',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 60 }), (parts) => {
        const text = parts.join('');
        let native = true;
        try {
          JSON.parse(text);
        } catch {
          native = false;
        }
        const parsed = read(text);
        expect(parsed.ok && !native).toBe(false);
      }),
    );
  });

  it.each([
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', '9007199254740992'],
    ['-9007199254740991', -9007199254740991],
    ['-9007199254740992', '-9007199254740992'],
    ['820982911946154508', '820982911946154508'],
    ['{"id":820982911946154508,"n":1}', { id: '820982911946154508', n: 1 }],
    ['[1.2345678901234567890, 12345678901234567890.5]', [1.2345678901234568, 12345678901234567000]],
    ['12345678901234567890e2', 1.2345678901234568e21],
    ['"12345678901234567890"', '12345678901234567890'],
  ])('should keep all digits of integers: %s', (text, value) => {
    expect(valueOf(text)).toEqual(value);
  });

  it.each([
    ['{"a":1,"a":2}', '/a'],
    ['{"a":{"b":[{"c":1,"d":2,"c":3}]}}', '/a/b/0/c'],
    ['{"a/b":1,"a\\/b":2}', '/a~1b'],
    ['{"a":1,"\\u0061":2}', '/a'],
  ])('should refuse a doubled member name: %s', (text, path) => {
    expect(read(text)).toEqual({ ok: false, path, message: 'a member name must not appear twice' });
  });

  it.each([
    ['{"__proto__":{"admin":true}}', '/__proto__'],
    ['{"a":[{"\\u005f_proto__":1}]}', '/a/0/__proto__'],
  ])('should refuse a member named __proto__: %s', (text, path) => {
    expect(read(text)).toEqual({ ok: false, path, message: 'a member must not be named __proto__' });
  });

  it('should take 64 levels and refuse 65', () => {
    expect(read('['.repeat(64) + ']'.repeat(64)).ok).toBe(true);
    expect(read('['.repeat(65) + ']'.repeat(65))).toEqual({
      ok: false,
      message: 'the body must not be nested deeper than 64',
    });
    expect(read('['.repeat(1_000_000)).ok).toBe(false);
  });

  it('should refuse bytes that are not UTF-8 and keep what is', () => {
    expect(readJson(Buffer.from([0x22, 0xff, 0x22]))).toEqual({
      ok: false,
      message: 'the body must be UTF-8',
    });
    expect(valueOf('{"ключ":"日本 😀"}')).toEqual({ ключ: '日本 😀' });
  });

  it('should say where the text stops being JSON and quote nothing of it', () => {
    const parsed = read('{"token":"hush-hush", oops}');
    expect(parsed.ok).toBe(false);
    expect(JSON.stringify(parsed)).not.toMatch(/hush|oops/);
    expect(JSON.stringify(parsed)).toMatch(/must be JSON/);
    expect(read('')).toEqual({ ok: false, message: 'the body must be JSON' });
  });
});
