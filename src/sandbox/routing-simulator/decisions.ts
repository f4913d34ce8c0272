import { createHash } from 'node:crypto';
import { type RoutingQuestion } from './request-check';

export interface Decision {
  readonly routeId: string;
  readonly nextHub: string;
  readonly etaMinutes: number;
}

/** `null`: there is nothing to decide about this event. */
type Remembered = Decision | null;

/** Beyond it the oldest are forgotten: the simulator may run for days. */
const MOST_REMEMBERED = 100_000;

function decide({ trackingNumber, status }: RoutingQuestion): Decision {
  const digest = createHash('sha256').update(`${trackingNumber} ${status}`).digest();
  return {
    routeId: `R-${digest.toString('hex', 0, 4)}`,
    nextHub: `HUB-${String((digest.readUInt8(4) % 20) + 1).padStart(2, '0')}`,
    etaMinutes: 30 + (digest.readUInt8(5) % 90) * 10,
  };
}

/** What was decided, by idempotency key: who asks again is told the same. */
export class Decisions {
  private readonly byKey = new Map<string, Remembered>();

  has(key: string): boolean {
    return this.byKey.has(key);
  }

  /** The first answer for this key, or a new one; `nothing`: a new one is that there is nothing to decide. */
  about(key: string, question: RoutingQuestion, nothing: boolean): Remembered {
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const decision = nothing ? null : decide(question);
    this.byKey.set(key, decision);
    const [oldest] = this.byKey.keys();
    if (this.byKey.size > MOST_REMEMBERED && oldest !== undefined) this.byKey.delete(oldest);
    return decision;
  }
}
