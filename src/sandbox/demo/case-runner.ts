import { type AdminApi } from '../gateway/admin-api';
import { isAcknowledgement, isProblem } from '../gateway/answers';
import { type Answer } from '../gateway/http';
import { type DemoCase } from '../scenario/demo-case';
import { type Patience } from './patience';
import { reasonOf } from './reason-of';
import { type Outcome, type Seen } from './seen';

const ENDS: ReadonlyMap<string, Outcome> = new Map([
  ['processed', 'applied'],
  ['ignored', 'ignored'],
  ['dead_lettered', 'dead_lettered'],
]);

/** Sends what a case says and follows it to its end. Judges nothing. */
export class CaseRunner {
  constructor(
    private readonly admin: AdminApi,
    private readonly patience: Patience,
  ) {}

  async run(demoCase: DemoCase): Promise<Seen> {
    let answered: Seen = { outcome: 'failed' };
    try {
      const answer = await demoCase.partner.simulator.deliver(demoCase.delivery);
      answered = readAnswer(answer);
      if (answered.outcome !== 'unfinished' || answered.eventId === undefined) return answered;
      return { ...answered, ...(await this.follow(answered.eventId, demoCase)) };
    } catch (error) {
      return {
        ...answered,
        outcome: 'failed',
        fault: reasonOf(error),
      };
    }
  }

  private async follow(eventId: string, { delivery, expected }: DemoCase): Promise<Seen> {
    const outcome = await this.endOf(eventId);
    const kept = await this.admin.rawBody(eventId);
    const seen = { outcome, bytesKept: kept?.equals(delivery.body) ?? false };
    if (outcome !== 'dead_lettered') return seen;
    const { reasonCode } = (await this.admin.deadLetter(eventId)) ?? {};
    const letter = { ...seen, ...(reasonCode !== undefined && { reasonCode }) };
    if (expected.outcome !== 'replayed' || expected.reasonCode !== reasonCode) return letter;
    await this.admin.replay(eventId, expected.repair);
    return { ...letter, ...(await this.endOfReplay(eventId)) };
  }

  private async endOf(eventId: string): Promise<Outcome> {
    const event = await this.patience.until(
      () => this.admin.event(eventId),
      (seen) => seen !== undefined && ENDS.has(seen.status),
    );
    return (event && ENDS.get(event.status)) ?? 'unfinished';
  }

  /** A replay that fails again makes the dead letter pending once more. */
  private async endOfReplay(eventId: string): Promise<Pick<Seen, 'outcome' | 'fault'>> {
    const read = async () => ({
      event: await this.admin.event(eventId),
      letter: await this.admin.deadLetter(eventId),
    });
    const { event, letter } = await this.patience.until(
      read,
      (seen) => seen.event?.status === 'processed' || seen.letter?.reviewStatus === 'pending',
    );
    if (event?.status === 'processed' && letter?.reviewStatus === 'replayed') return { outcome: 'replayed' };
    const state = `event ${event?.status ?? 'gone'}, dead letter ${letter?.reviewStatus ?? 'gone'}`;
    return { outcome: 'dead_lettered', fault: `the replay did not succeed: ${state}` };
  }
}

function readAnswer({ status, json }: Answer): Seen {
  if (status >= 400) return { outcome: 'refused', status, ...(isProblem(json) && { code: json.code }) };
  if (!isAcknowledgement(json))
    return { outcome: 'failed', status, fault: 'the answer is no acknowledgement' };
  const { eventId, duplicate } = json;
  return { outcome: duplicate ? 'duplicate' : 'unfinished', status, eventId };
}
