import { type Type } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { type Page } from './pagination';

/** What a list of such views answers; extend it by a class with the name of its schema. */
export function PageOf<V>(view: Type<V>): new (page: Page<V>) => Page<V> {
  class PageView implements Page<V> {
    @ApiProperty({ type: [view] })
    readonly items: readonly V[];

    @ApiProperty({
      type: String,
      nullable: true,
      description: 'Send it as `cursor` to get the next page; `null` on the last one.',
      example: 'WyIyMDI1LTA2LTAxVDEyOjAwOjAwLjAwMFoiLCJhY21lIl0',
    })
    readonly nextCursor: string | null;

    constructor({ items, nextCursor }: Page<V>) {
      this.items = items;
      this.nextCursor = nextCursor;
    }
  }
  return PageView;
}
