import { type BodyFormat } from './body-format';

/** The `body` block of a partner's document. */
export interface BodySettings {
  readonly format?: BodyFormat;
  /** Pointers to texts that hold JSON, which is parsed in their place. */
  readonly unwrap?: readonly string[];
  /** Media types that are taken beside those of the format. */
  readonly contentTypes?: readonly string[];
}
