import { type KeyObject } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { isList, isObject } from '../body/json-value';
import { keyOfJwk } from './public-key';
import { KEY_SET_UNAVAILABLE, type Unreadable } from './reading';

/** Long enough to cost nothing, short enough for a key that was taken back. */
const KEPT_MS = 10 * 60_000;
/** Whoever sends a key id that nobody knows must not make us ask the sender's server each time. */
const LEAST_BETWEEN_MS = 60_000;
const MOST_KEYS = 100;

export interface SetKey {
  readonly kid: string | undefined;
  readonly key: KeyObject;
}

/** Gives the text at an address; rejects where it cannot be had in time. */
export type ReadKeySet = (url: string) => Promise<string>;

/** Keys of other kinds, shared ones above all, are left out. */
function keysIn(text: string): readonly SetKey[] {
  const parsed: unknown = JSON.parse(text);
  const list = isObject(parsed) ? parsed['keys'] : undefined;
  if (!isList(list)) throw new Error('a key set must be JSON with a list "keys"');
  if (list.length > MOST_KEYS) throw new Error(`a key set must have at most ${MOST_KEYS} keys`);
  return list.flatMap((jwk) => {
    const key = keyOfJwk(jwk);
    if (key === undefined || !isObject(jwk)) return [];
    const { kid } = jwk;
    return { kid: typeof kid === 'string' ? kid : undefined, key };
  });
}

/** Without what may be secret in it. */
const placeOf = (url: string): string => url.replace(/[?#].*$/s, '');

/** The public keys that stand at an address (a JWKS). Read when a request needs them; old ones outlive a failure. */
export class KeySet {
  private readonly logger = new Logger('Partners');
  private keys: readonly SetKey[] | undefined;
  private readAt = -Infinity;
  private triedAt = -Infinity;
  private failed = false;
  private reading: Promise<void> | undefined;

  constructor(
    private readonly url: string,
    private readonly read: ReadKeySet,
    /** Milliseconds of a clock that never goes back. */
    private readonly clock: () => number,
  ) {}

  /** Keys with this id, or all where none is named. Unavailable where nobody can say which there are. */
  find(kid: string | undefined): readonly SetKey[] | Unreadable {
    if (this.keys === undefined) return KEY_SET_UNAVAILABLE;
    const found = kid === undefined ? this.keys : this.keys.filter((key) => key.kid === kid);
    return found.length === 0 && this.failed ? KEY_SET_UNAVAILABLE : found;
  }

  /** Reads the set where it is too old, or does not have one of these ids. `undefined`: there is nothing to wait for. */
  prepare(kids: readonly string[]): Promise<void> | undefined {
    const { keys } = this;
    const isFresh = keys !== undefined && this.clock() - this.readAt < KEPT_MS;
    if (isFresh && kids.every((kid) => keys.some((key) => key.kid === kid))) return undefined;
    if (this.reading !== undefined) return this.reading;
    if (this.clock() - this.triedAt < LEAST_BETWEEN_MS) return undefined;
    this.triedAt = this.clock();
    this.reading = this.refresh().finally(() => (this.reading = undefined));
    return this.reading;
  }

  private async refresh(): Promise<void> {
    try {
      this.keys = keysIn(await this.read(this.url));
      this.readAt = this.clock();
      this.failed = false;
    } catch (error) {
      this.failed = true;
      const kept =
        this.keys === undefined ? 'there are no keys yet' : 'going on with the keys that were read before';
      this.logger.warn({ err: error }, `the key set ${placeOf(this.url)} could not be read; ${kept}`);
    }
  }
}
