import { type JsonObject } from '#domain/partners/body/json-value';
import { Decisions } from './decisions';
import { drawLatencyMs } from './latency';
import { type Reply, json, replyTo } from './reply';
import { type Headers, RequestCheck, type RoutingQuestion } from './request-check';
import { seededRandom } from './seeded-random';
import { type Outcome, SHARES, type SimulatorSettings } from './simulator-settings';
import { type StatsCounter } from './simulator-stats';

export type TimedReply =
  | { readonly kind: 'reply'; readonly reply: Reply; readonly afterMs: number }
  /** No answer, ever. */
  | { readonly kind: 'hang' };

/** Decides what each call of the simulated service comes to. Knows nothing of HTTP but status codes. */
export class RoutingDesk {
  private readonly check: RequestCheck;
  private readonly decisions = new Decisions();
  private current: SimulatorSettings;
  private random: () => number;

  constructor(
    description: JsonObject,
    settings: SimulatorSettings,
    private readonly stats: StatsCounter,
  ) {
    this.check = new RequestCheck(description);
    this.current = settings;
    this.random = seededRandom(settings.seed);
  }

  get settings(): SimulatorSettings {
    return this.current;
  }

  /** For the calls from now on; also starts the seed's series anew. */
  configure(settings: SimulatorSettings): void {
    this.current = settings;
    this.random = seededRandom(settings.seed);
  }

  answer(headers: Headers, body: unknown): TimedReply {
    const checked = this.check.check(headers, body);
    if (checked.ok) return this.replyTo(checked.key, checked.question);
    this.stats.cameTo('invalid');
    return { kind: 'reply', reply: json(400, { faults: checked.faults }), afterMs: 0 };
  }

  private replyTo(key: string, question: RoutingQuestion): TimedReply {
    const { current, random } = this;
    if (this.decisions.has(key)) this.stats.repeated();
    const drawn = this.drawOutcome();
    const afterMs = drawLatencyMs(current.latency, random);
    if (drawn !== 'decided' && drawn !== 'nothing') this.stats.cameTo(drawn);
    if (drawn === 'hang') return { kind: 'hang' };
    const decision = this.decide(drawn, key, question);
    const reply = replyTo(drawn, { ...current, decision, random });
    return { kind: 'reply', reply, afterMs };
  }

  /** Made, and remembered, before it is told: an answer that gets lost on the way is the same at the next call. */
  private decide(drawn: Outcome, key: string, question: RoutingQuestion) {
    if (drawn !== 'decided' && drawn !== 'nothing') return null;
    const decision = this.decisions.about(key, question, drawn === 'nothing');
    this.stats.cameTo(decision === null ? 'nothing' : 'decided');
    return decision;
  }

  private drawOutcome(): Outcome {
    let left = this.random();
    for (const share of SHARES) {
      left -= this.current[share];
      if (left < 0) return share;
    }
    return 'decided';
  }
}
