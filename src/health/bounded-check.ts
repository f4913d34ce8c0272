import type { HealthProbe } from './health-probe';

export interface CheckSettings {
  readonly timeoutMs: number;
  /** An answer is good for so long, however often probes come. */
  readonly cacheMs: number;
}

/** After so many time-outs a question is given up: one that never ends must not hide a recovery for ever. */
const PATIENCE = 10;

interface Question {
  readonly askedAt: number;
  readonly answer: Promise<boolean>;
}

/** Asks a dependency at most once at a time, and never waits longer than the time-out. */
export class BoundedCheck {
  private underWay: Question | undefined;
  private last: { readonly at: number; readonly up: boolean } | undefined;

  constructor(
    private readonly probe: HealthProbe,
    private readonly settings: CheckSettings,
  ) {}

  async isUp(): Promise<boolean> {
    const now = performance.now();
    if (this.last !== undefined && now - this.last.at < this.settings.cacheMs) return this.last.up;
    const question = this.question(now);
    const left = question.askedAt + this.settings.timeoutMs - now;
    return left > 0 ? within(left, question.answer) : false;
  }

  private question(now: number): Question {
    const { timeoutMs } = this.settings;
    if (this.underWay === undefined || now - this.underWay.askedAt > PATIENCE * timeoutMs) {
      const question: Question = {
        askedAt: now,
        answer: this.ask().then((up) => this.answered(question, up)),
      };
      this.underWay = question;
    }
    return this.underWay;
  }

  private async ask(): Promise<boolean> {
    try {
      return await this.probe.check(this.settings.timeoutMs);
    } catch {
      return false;
    }
  }

  private answered(question: Question, up: boolean): boolean {
    if (this.underWay === question) {
      this.underWay = undefined;
      this.last = { at: performance.now(), up };
    }
    return up;
  }
}

async function within(ms: number, answer: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const up = await Promise.race([answer, tooLate]);
  clearTimeout(timer);
  return up;
}
