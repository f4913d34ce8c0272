import { compilePattern, PatternError } from './pattern';

const faultOf = (pattern: string): string => {
  try {
    compilePattern(pattern);
  } catch (error) {
    if (error instanceof PatternError) return error.message;
    throw error;
  }
  return 'none';
};

describe('time patterns', () => {
  it.each([
    ['yyyy-MM-ddTHH:mm', /"T" must be one of/],
    ['YYYY-MM-dd', /"YYYY" must be one of/],
    ['EEE, dd MMM yyyy', /"EEE" must be one of/],
    ['yyyyy-MM-dd', /"yyyyy" must be one of/],
    ['HH:mm', /year, month and day/],
    ['yyyy-MM-dd dd', /again/],
    ['yyyy-MM-dd h:mm', /"a" together with h/],
    ['yyyy-MM-dd HH:mm a', /"a" together with h/],
    ['yyyy-MM-dd HH h a', /one of H and h/],
    ['yyyy-MM MMM-dd', /one of M, MM and MMM/],
    ["yyyy-MM-dd 'at", /quote must have a partner/],
  ])('should refuse %s and say what was expected', (pattern, message) => {
    expect(faultOf(pattern)).toMatch(message);
  });

  it('should take signs literally', () => {
    const read = compilePattern('[yyyy](MM)+dd.');
    expect(read('[2026](08)+03.')).toMatchObject({ year: 2026, month: 8, day: 3 });
    expect(read('[2026](08)+03x')).toBeUndefined();
  });

  it('should take blanks and quoted blanks side by side: as many as there are, or more', () => {
    const read = compilePattern("yyyy ' ' MM'  'dd");
    expect(read('2026   08  03')).toMatchObject({ year: 2026, month: 8, day: 3 });
    expect(read('2026      08  03')).toBeDefined();
    expect(read('2026  08  03')).toBeUndefined();
    expect(read('2026   08   03')).toBeUndefined();
    expect(compilePattern("yyyy '+ ' MM dd")('2026 +  08 03')).toBeDefined();
  });

  it('should say soon that a text does not fit, however many blanks stand side by side', () => {
    const read = compilePattern(`yyyyMMdd${" ' '".repeat(13)}`);
    const before = performance.now();
    expect(read(`20260803${' '.repeat(190)}x`)).toBeUndefined();
    expect(performance.now() - before).toBeLessThan(200);
  });
});
