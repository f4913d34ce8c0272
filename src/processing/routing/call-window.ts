/** How far back is looked, and how many calls say something. */
const SECONDS = 10;
const MIN_CALLS = 10;

class Tally {
  calls = 0;
  failed = 0;

  add(calls: number, failed: number): void {
    this.calls += calls;
    this.failed += failed;
  }

  get mostFailed(): boolean {
    return this.failed > this.calls / 2;
  }
}

interface Second {
  readonly number: number;
  readonly all: Tally;
  readonly byPartner: Map<string, Tally>;
}

/** What came of the calls of the last ten seconds, and for which partners they were. */
export class CallWindow {
  private seconds: Second[] = [];

  /** `now` gives milliseconds of any clock that only goes forward. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  note(partnerId: string, failed: boolean): void {
    const { all, byPartner } = this.current();
    let own = byPartner.get(partnerId);
    if (own === undefined) byPartner.set(partnerId, (own = new Tally()));
    for (const tally of [all, own]) tally.add(1, failed ? 1 : 0);
  }

  /**
   * Most calls failed, and so for most of the partners: what fails for one partner of several, however often, says
   * nothing about the service that the others ask.
   */
  tellsOutage(): boolean {
    this.current();
    const all = this.total(({ all: ofSecond }) => [['', ofSecond]]).get('');
    if (all === undefined || all.calls < MIN_CALLS || !all.mostFailed) return false;
    const partners = this.total(({ byPartner }) => byPartner);
    return failing(partners).length > partners.size / 2;
  }

  /** Partners for which most calls failed. */
  failing(): readonly string[] {
    return failing(this.total(({ byPartner }) => byPartner));
  }

  clear(): void {
    this.seconds = [];
  }

  private current(): Second {
    const number = Math.floor(this.now() / 1_000);
    const last = this.seconds.at(-1);
    if (last?.number === number) return last;
    const next = { number, all: new Tally(), byPartner: new Map<string, Tally>() };
    this.seconds = [...this.seconds.filter((second) => second.number > number - SECONDS), next];
    return next;
  }

  private total(tallies: (second: Second) => Iterable<readonly [string, Tally]>): Map<string, Tally> {
    const total = new Map<string, Tally>();
    for (const second of this.seconds) {
      for (const [name, { calls, failed }] of tallies(second)) {
        let sum = total.get(name);
        if (sum === undefined) total.set(name, (sum = new Tally()));
        sum.add(calls, failed);
      }
    }
    return total;
  }
}

const failing = (partners: ReadonlyMap<string, Tally>): readonly string[] =>
  [...partners].filter(([, { mostFailed }]) => mostFailed).map(([partnerId]) => partnerId);
