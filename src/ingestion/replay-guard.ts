import { Injectable } from '@nestjs/common';
import { type NewInboundEvent } from '#domain/events/inbound-event';
import { InboundEventRepository, type JournaledReceipt } from '#domain/events/inbound-event.repository';
import { type CompiledPartner } from '#domain/partners/compiled-partner';
import { withTimeout } from '#platform/resilience/with-timeout';
import { Metrics } from '#platform/telemetry/metrics';
import { IntakeSettings } from './intake-settings';
import { type KnownNote, NonceMemory, type Note, textOf } from './nonce-memory';
import * as refusals from './refusals';

/** What is known about a request whose signature holds. */
export type Sighting =
  /** Never seen, or it came to nothing. `again`: the same event was tried before, and the journal knows. */
  | { readonly kind: 'fresh' | 'again'; readonly note: string }
  | { readonly kind: 'replay'; readonly first: JournaledReceipt; readonly journaled: boolean };

const LOOKUP_MS = 500;

const noteOf = ({ eventId, dedupeKey, receivedAt }: NewInboundEvent, carried: boolean): Note => ({
  eventId,
  dedupeKey,
  receivedAt,
  carried,
});

/**
 * Stops captured requests from being played again, where the journal's identity alone does not. A request
 * that was seen before is a replay only if its event is kept: one that ended in 503 may come again.
 */
@Injectable()
export class ReplayGuard {
  constructor(
    private readonly nonces: NonceMemory,
    private readonly journal: InboundEventRepository,
    private readonly metrics: Metrics,
    private readonly settings: IntakeSettings,
  ) {}

  async look(partner: CompiledPartner, nonce: string, event: NewInboundEvent): Promise<Sighting> {
    const note = noteOf(event, false);
    let known: KnownNote | undefined;
    try {
      known = await this.nonces.claim(partner, nonce, note);
    } catch {
      // The journal's identity is still there.
      this.metrics.decidedWithoutRedis('nonce');
      return { kind: 'fresh', note: '' };
    }
    if (known === undefined) return { kind: 'fresh', note: textOf(note) };
    if (known.carried) return { kind: 'replay', first: known, journaled: false };
    if (known.eventId === event.eventId) return { kind: 'again', note: known.text };
    const first = await this.lookUp(known.eventId);
    if (first !== undefined) return { kind: 'replay', first, journaled: true };
    return this.takeOver(partner, nonce, note, known);
  }

  /** The queue took the whole event: until the journal has it, the note must say so. */
  async carried(
    partner: CompiledPartner,
    nonce: string,
    event: NewInboundEvent,
    instead: string,
  ): Promise<void> {
    await this.nonces.claim(partner, nonce, noteOf(event, true), instead).catch(() => undefined);
  }

  /** The same signed text under another key: not before it is clear that nothing came of the first one. */
  private async takeOver(
    partner: CompiledPartner,
    nonce: string,
    note: Note,
    known: KnownNote,
  ): Promise<Sighting> {
    if (known.ageMs <= this.settings.ackTimeoutMs) throw refusals.unavailable();
    const other = await this.nonces.claim(partner, nonce, note, known.text).catch(() => known);
    if (other !== undefined) throw refusals.unavailable();
    return { kind: 'fresh', note: textOf(note) };
  }

  private async lookUp(eventId: string): Promise<JournaledReceipt | undefined> {
    try {
      return await withTimeout(this.journal.findReceipt(eventId, LOOKUP_MS), LOOKUP_MS, 'the journal');
    } catch {
      // Nobody knows, and guessing wrong would let a changed copy in.
      throw refusals.unavailable();
    }
  }
}
