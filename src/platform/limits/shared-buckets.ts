import { Injectable } from '@nestjs/common';
import { type SharedScript, SharedState } from '#platform/redis/shared-state';
import { Metrics } from '#platform/telemetry/metrics';
import { type Limit } from './limit';

/**
 * A token bucket by the clock of Redis. What processes let in on credit is taken whether or not it is there,
 * so the level may fall below nothing and the credit is paid back; then as many of the wanted tokens as there
 * are. The key lives until the bucket would be full again, for a missing one is full; but for 30 days at most,
 * since Redis refuses what it cannot count in milliseconds.
 */
const TAKE = `
local perSecond, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local debt, wanted = tonumber(ARGV[3]), tonumber(ARGV[4])
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local kept = redis.call('HMGET', KEYS[1], 'level', 'at')
local level = burst
if kept[1] and kept[2] then
  local passed = math.max(0, now - tonumber(kept[2]))
  level = math.min(burst, tonumber(kept[1]) + passed * perSecond)
end
level = math.max(-burst, level - debt)
local granted = math.max(0, math.min(wanted, math.floor(level)))
level = level - granted
redis.call('HSET', KEYS[1], 'level', string.format('%.6f', level), 'at', string.format('%.6f', now))
redis.call('PEXPIRE', KEYS[1], math.min(2592000000, math.ceil((burst - level) / perSecond * 1000) + 1000))
return { granted, string.format('%.6f', level) }
`;

/** What Redis said: how many of the wanted tokens there were, and what is left. */
export interface Taken {
  readonly granted: number;
  readonly level: number;
}

/** The buckets of all processes together. */
@Injectable()
export class SharedBuckets {
  private readonly script: SharedScript;

  constructor(
    private readonly state: SharedState,
    private readonly metrics: Metrics,
    private readonly keyPrefix: string,
  ) {
    this.script = state.script('gatewayTakeTokens', TAKE);
  }

  get isAway(): boolean {
    return this.state.isAway;
  }

  keyOf(scope: string, name: string): string {
    return `${this.keyPrefix}:limit:${scope}:{${name}}`;
  }

  /** Rejects when Redis does not say. */
  async take(key: string, { perSecond, burst }: Limit, debt: number, wanted: number): Promise<Taken> {
    const [granted, level] = (await this.script(key, perSecond, burst, debt, wanted)) ?? [];
    if (typeof granted !== 'number' || typeof level !== 'string') {
      throw new Error('Redis gave no count of tokens');
    }
    return { granted, level: Number(level) };
  }

  /** A process decided by itself. */
  decidedAlone(scope: string): void {
    this.metrics.decidedWithoutRedis(`${scope}_limit`);
  }
}
