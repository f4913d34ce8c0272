/** The way of most parcels, and what some of them meet after it. */
const USUAL = ['info_received', 'picked_up', 'in_transit', 'in_transit', 'out_for_delivery', 'delivered'];
const AFTERWARDS = [
  [],
  [],
  // Told too late to matter: a delivered parcel stays delivered.
  [{ status: 'in_transit' }],
  [{ status: 'returned' }],
  // It was the neighbour's: taken back, then delivered.
  [{ status: 'out_for_delivery', correction: true }, { status: 'delivered' }],
];
const HOUR_MS = 3_600_000;

/**
 * Event after event of many parcels that are under way at once, so that every fault meets parcels in the middle of
 * their history. Some events come before their turn, and some last of all.
 */
export class Parcels {
  #random;
  #run;
  #open;
  #parcels = 0;
  #events = 0;

  constructor(random, run, count) {
    this.#random = random;
    this.#run = run;
    this.#open = Array.from({ length: count }, () => this.#newParcel());
  }

  next() {
    const at = this.#random.between(0, this.#open.length - 1);
    const event = this.#open[at].shift();
    if (this.#open[at].length === 0) this.#open[at] = this.#newParcel();
    return event;
  }

  #newParcel() {
    this.#parcels += 1;
    const trackingNumber = `CHAOS${this.#run}${String(this.#parcels).padStart(6, '0')}`;
    const happenings = this.#happenings().map((happening) => this.#event(trackingNumber, happening));
    return this.#outOfOrder(happenings);
  }

  #happenings() {
    const usual = USUAL.slice(this.#random.between(0, 2)).map((status) => ({ status }));
    const happenings = [...usual, ...this.#random.pick(AFTERWARDS)];
    if (this.#random.chance(0.1))
      happenings.splice(this.#random.between(0, happenings.length), 0, { status: 'unknown' });
    return happenings;
  }

  /** Its location is told by no other event: it shows in the shipment which one became the state. */
  #event(trackingNumber, { status, correction = false }) {
    this.#events += 1;
    const key = `${this.#run}-${this.#events}`;
    return { key, trackingNumber, status, correction, location: `Depot ${key}` };
  }

  /** Gives each its time, rising, now and then two in one moment; then lets some overtake others. */
  #outOfOrder(events) {
    let occurredAt = Date.now() - 48 * HOUR_MS;
    let inThisMoment = new Set();
    for (const event of events) {
      // Two of the same status in one moment would leave open which of them is the state.
      if (inThisMoment.has(event.status) || this.#random.chance(0.85)) {
        occurredAt += this.#random.between(1, 3 * HOUR_MS);
        inThisMoment = new Set();
      }
      inThisMoment.add(event.status);
      event.occurredAt = occurredAt;
    }
    const place = events.map(
      (_, index) => index + (this.#random.chance(0.3) ? this.#random.between(1, 4) : 0),
    );
    const order = events.map((_, index) => index).sort((a, b) => place[a] - place[b] || a - b);
    return order.map((index) => events[index]);
  }
}
