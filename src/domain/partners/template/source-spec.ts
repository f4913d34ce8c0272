import { type ElementsSpec } from './elements';

type Names = string | readonly string[];

/** One text of a request: exactly one of the places, each a name or a list of which the first one present counts. */
export interface SourceSpec extends ElementsSpec {
  readonly header?: Names;
  readonly query?: Names;
  readonly body?: Names;
  readonly item?: Names;
}

export const SOURCE_PLACES = ['header', 'query', 'body', 'item'] as const;
export type SourcePlace = (typeof SOURCE_PLACES)[number];

/** In a signature there may be a token beside the request itself, with claims. */
export interface SignatureSourceSpec extends SourceSpec {
  readonly claim?: Names;
}

export const SIGNATURE_PLACES = [...SOURCE_PLACES, 'claim'] as const;
export type SignaturePlace = (typeof SIGNATURE_PLACES)[number];
