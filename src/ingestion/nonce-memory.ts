import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type JournaledReceipt } from '#domain/events/inbound-event.repository';
import { type CompiledPartner } from '#domain/partners/compiled-partner';
import { type SharedScript, SharedState } from '#platform/redis/shared-state';
import { IntakeSettings } from './intake-settings';

/** Sets the note unless there is one, or where it is still the one that the caller saw. */
const CLAIM = `
local known = redis.call('GET', KEYS[1])
if known and known ~= ARGV[3] then return { known, redis.call('PTTL', KEYS[1]) } end
if known then redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
else redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) end
return false
`;

/** What is remembered of a request: the event that it was to become. */
export interface Note extends JournaledReceipt {
  /** The queue took the whole event, as the journal could not be reached. */
  readonly carried: boolean;
}

export interface KnownNote extends Note {
  readonly ageMs: number;
  /** As it stands in Redis. */
  readonly text: string;
}

/** Which requests came in lately, by what was signed; shared by all processes. */
@Injectable()
export class NonceMemory {
  private readonly script: SharedScript;

  constructor(
    state: SharedState,
    private readonly settings: IntakeSettings,
  ) {
    this.script = state.script('gatewayClaimNonce', CLAIM);
  }

  /**
   * Notes the request, or gives the note of the same one; `instead` is a note to be replaced. Rejects when
   * Redis does not say.
   */
  async claim(
    partner: CompiledPartner,
    nonce: string,
    note: Note,
    instead = '',
  ): Promise<KnownNote | undefined> {
    const windowMs = partner.replay.windowSeconds * 1000;
    const reply = await this.script(this.keyOf(partner, nonce), textOf(note), windowMs, instead);
    if (reply === undefined) return undefined;
    const [text, leftMs] = reply;
    const known = typeof text === 'string' ? parseNote(text) : undefined;
    if (typeof text !== 'string' || known === undefined || typeof leftMs !== 'number') {
      throw new Error('what is noted about a nonce cannot be read');
    }
    return {
      eventId: known.eventId,
      dedupeKey: known.dedupeKey,
      receivedAt: known.receivedAt,
      carried: known.carried,
      ageMs: windowMs - leftMs,
      text,
    };
  }

  private keyOf({ id }: CompiledPartner, nonce: string): string {
    return `${this.settings.keyPrefix}:{${id}}:nonce:${hash('sha256', nonce, 'base64url')}`;
  }
}

export const textOf = ({ eventId, dedupeKey, receivedAt, carried }: Note): string =>
  JSON.stringify([eventId, dedupeKey, receivedAt.getTime(), carried]);

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

function parseNote(text: string): Note | undefined {
  const parts: unknown = JSON.parse(text);
  const [eventId, dedupeKey, receivedAt, carried] = isList(parts) ? parts : [];
  if (typeof eventId !== 'string' || typeof dedupeKey !== 'string') return undefined;
  if (typeof receivedAt !== 'number' || typeof carried !== 'boolean') return undefined;
  return { eventId, dedupeKey, receivedAt: new Date(receivedAt), carried };
}
