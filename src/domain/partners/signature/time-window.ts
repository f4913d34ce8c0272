import { type TimestampSpec } from '../document/signature-spec';
import { compileSignedTime } from '../time/parse-time';
import { type RefusalReason } from './reading';
import { compileSource, type SourceReader } from './source';

/** The time of signing, held against the clock: both ways, limit included. */
export class TimeWindow {
  readonly from: SourceReader;
  private readonly momentOf: (text: string) => number | undefined;
  private readonly toleranceMs: number;

  constructor(spec: TimestampSpec, defaultToleranceSeconds: number) {
    this.from = compileSource(spec.from);
    this.momentOf = compileSignedTime(spec.format ?? 'unix');
    this.toleranceMs = (spec.toleranceSeconds ?? defaultToleranceSeconds) * 1000;
  }

  refusal(text: string, now: number): RefusalReason | undefined {
    const at = this.momentOf(text);
    if (at === undefined) return 'malformed_timestamp';
    return Math.abs(now - at) <= this.toleranceMs ? undefined : 'stale';
  }
}
