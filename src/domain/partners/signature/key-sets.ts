import { KeySet, type ReadKeySet } from './key-set';

/** The key sets of all partners: who names the same address shares what was read, also across a change of the partner. */
export class KeySets {
  private readonly sets = new Map<string, KeySet>();

  constructor(
    private readonly read: ReadKeySet,
    private readonly clock: () => number = () => performance.now(),
  ) {}

  at(url: string): KeySet {
    const known = this.sets.get(url);
    if (known !== undefined) return known;
    const set = new KeySet(url, this.read, this.clock);
    this.sets.set(url, set);
    return set;
  }
}
