import { Injectable } from '@nestjs/common';
import { type ListPosition } from '#domain/listing/list-position';
import { type ReadingProblem } from '#domain/replay/kept-event-reader';
import { KeptEventsRepository } from '#domain/replay/kept-events.repository';
import { type ReplayFilter } from '#domain/replay/replay-filter';
import { isChanged, type ReplayItem } from '#domain/replay/replay-item';
import { ReplayPages } from '#domain/replay/replay-pages';
import { type ShipmentEvent } from '#domain/shipments/shipment-event';

export interface SampledChange {
  readonly eventId: string;
  /** What the history holds by its word, of the parcels that it names today. */
  readonly before: readonly ShipmentEvent[];
  /** What it says today. */
  readonly after: readonly ShipmentEvent[];
}

export interface SampledProblem extends ReadingProblem {
  readonly eventId: string;
}

export interface ReplayPreview {
  readonly matched: number;
  readonly compared: number;
  readonly same: number;
  readonly changed: number;
  readonly unreadable: number;
  readonly sample: readonly SampledChange[];
  readonly problems: readonly SampledProblem[];
}

/** Somebody waits for the answer, and the process has webhooks to take. */
const MAX_COMPARED = 5_000;
const WITHIN_MS = 8_000;
const PAGE = 100;
const MAX_SAMPLE = 20;

/** Says what a replay would change, and changes nothing. */
@Injectable()
export class ReplayPreviews {
  constructor(
    private readonly kept: KeptEventsRepository,
    private readonly pages: ReplayPages,
  ) {}

  async of(filter: ReplayFilter): Promise<ReplayPreview> {
    const matched = await this.kept.count(filter);
    const tally = new Tally();
    const until = performance.now() + WITHIN_MS;
    let after: ListPosition | undefined;
    do {
      const { items, next } = await this.pages.page(filter, PAGE, after);
      for (const item of items) tally.add(item);
      after = next;
    } while (after && tally.compared < MAX_COMPARED && performance.now() < until);
    const { compared, same, changed, unreadable, sample, problems } = tally;
    return { matched, compared, same, changed, unreadable, sample, problems };
  }
}

class Tally {
  compared = 0;
  same = 0;
  changed = 0;
  unreadable = 0;
  readonly sample: SampledChange[] = [];
  readonly problems: SampledProblem[] = [];

  add(item: ReplayItem): void {
    const { eventId } = item.event;
    this.compared += 1;
    if (item.problem) {
      this.unreadable += 1;
      if (this.problems.length < MAX_SAMPLE) this.problems.push({ eventId, ...item.problem });
    } else if (isChanged(item)) {
      this.changed += 1;
      if (this.sample.length < MAX_SAMPLE)
        this.sample.push({ eventId, before: item.held, after: item.shipmentEvents });
    } else {
      this.same += 1;
    }
  }
}
