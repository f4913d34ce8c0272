import { eventIdOf } from '#domain/events/event-id';
import {
  type CompiledPartner,
  type KeptRequest,
  type MappedEvent,
  type MappingInput,
  type MappingProblem,
  type MappingResult,
  type Verdict,
} from '../compiled-partner';
import { MappingError } from '../mapping-error';
import { keptHeaders, keptQuery } from '../rules/kept-parts';
import { type DryRunRequest } from './dry-run-request';
import { firstRefusal } from './first-refusal';
import { receivedRequest, type ReceivedRequest } from './received-request';

/** Whether the request is believed; never a secret. */
export interface DryRunSignature {
  readonly valid: boolean;
  /** As a problem's code would be. */
  readonly code?: string;
  readonly reason?: string;
  readonly alternative?: string;
  readonly covers?: 'body' | 'part' | 'none';
  readonly secretId?: string;
}

export interface DryRunResult {
  readonly partnerId: string;
  readonly enabled: boolean;
  /** Code of the problem that the request would be answered with; `null`: it would be taken. */
  readonly refusal: string | null;
  readonly signature: DryRunSignature;
  readonly dedupeKey: string;
  readonly eventId: string;
  readonly schemaVersion: string;
  readonly priority: number;
  readonly events: readonly MappedEvent[];
  readonly unmapped: readonly string[];
  readonly problems: readonly MappingProblem[];
  /** How many items were test traffic: kept, never applied. */
  readonly testItems: number;
}

function shown(verdict: Verdict): DryRunSignature {
  if (!verdict.valid) return { valid: false, code: verdict.code, reason: verdict.reason };
  const { alternative, covers, secretId } = verdict;
  return { valid: true, alternative, covers, ...(secretId !== null && { secretId }) };
}

async function signatureOf(
  partner: CompiledPartner,
  { request }: ReceivedRequest,
  { ip }: DryRunRequest,
  at: Date,
): Promise<DryRunSignature> {
  if (ip !== undefined && !partner.allowsAddress(ip))
    return { valid: false, code: 'IP_NOT_ALLOWED', reason: 'address_not_allowed' };
  try {
    await partner.prepare?.(request);
    return shown(partner.verify(request, at));
  } catch (error) {
    // A fault of ours: at the intake the sender would be asked to send again.
    const reason = error instanceof Error ? error.message : 'the verdict cannot be had';
    return { valid: false, code: 'INTAKE_UNAVAILABLE', reason };
  }
}

async function mapped({ rules }: CompiledPartner, input: MappingInput): Promise<MappingResult> {
  try {
    return await rules.map(input);
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
    const problems = [{ code: error.code, value: error.message }, ...error.problems];
    return { events: [], unmapped: [], problems, testItems: 0 };
  }
}

/**
 * What a request would come to, by the very partner that the intake uses. Nothing is stored. The events are shown
 * whatever the signature says, for it is mostly one thing at a time that is not right yet.
 */
export async function dryRun(partner: CompiledPartner, written: DryRunRequest): Promise<DryRunResult> {
  const at = written.at === undefined ? new Date() : new Date(written.at);
  const received = receivedRequest(written, partner.id);
  const { request, headers } = received;
  const { rules } = partner;
  const kept: KeptRequest = {
    contentType: request.contentType,
    body: request.body,
    headers: keptHeaders(rules, headers),
    query: keptQuery(rules, request.target),
  };
  const parsed = rules.parse(request.body, request.contentType);
  const dedupeKey = rules.dedupeKey(kept, parsed);
  const eventId = eventIdOf(partner.id, dedupeKey);
  const schemaVersion = rules.schemaVersion(kept, parsed);
  const signature = await signatureOf(partner, received, written, at);
  return {
    partnerId: partner.id,
    enabled: partner.enabled,
    refusal: firstRefusal(partner, received, signature),
    signature,
    dedupeKey,
    eventId,
    schemaVersion,
    priority: rules.priority(kept, parsed),
    ...(await mapped(partner, { ...kept, eventId, receivedAt: at, schemaVersion })),
  };
}
