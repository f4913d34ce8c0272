import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, ValidateNested } from 'class-validator';
import { PageQuery } from './pagination';
import { ProblemError } from './problem';
import { DtoPipe } from './validation';

class Inner {
  @IsInt() readonly 'a/b': number = 0;
}
class Dto {
  @IsString() readonly note: string = '';
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Inner) readonly list?: Inner[];
}

const pipe = new DtoPipe();
const check = (value: unknown, metatype: new () => object = Dto, type: 'body' | 'query' = 'body') =>
  pipe.transform(value, { type, metatype }).catch((error: unknown) => {
    if (error instanceof ProblemError) return { code: error.code, errors: error.extra.errors };
    throw error;
  });

describe('DtoPipe', () => {
  it('gives an instance of the class', async () => {
    expect(await check({ note: 'x', list: [{ 'a/b': 1 }] })).toBeInstanceOf(Dto);
  });

  it('names every fault with its place', async () => {
    expect(await check({ note: 7, list: [{ 'a/b': 1 }, { 'a/b': 'x' }], more: 1 })).toEqual({
      code: 'INVALID_PAYLOAD',
      errors: expect.arrayContaining([
        { path: '/note', message: 'must be a string' },
        { path: '/list/1/a~1b', message: 'must be an integer number' },
        { path: '/more', message: 'is not known here: remove it' },
      ]) as unknown,
    });
  });

  it.each([[[]], ['text'], [7], [null], [true]])('refuses %j as a body', async (value) => {
    expect(await check(value)).toEqual({
      code: 'INVALID_PAYLOAD',
      errors: [{ path: '', message: 'must be a JSON object' }],
    });
  });

  it('reads the query of a list', async () => {
    expect(await check({ limit: '20' }, PageQuery, 'query')).toEqual({ limit: 20 });
    expect(await check({}, PageQuery, 'query')).toEqual({ limit: 50 });
    expect(await check({ limit: '201', cursor: ['a', 'b'] }, PageQuery, 'query')).toMatchObject({
      errors: [{ path: '/limit' }, { path: '/cursor' }, { path: '/cursor' }],
    });
  });
});
