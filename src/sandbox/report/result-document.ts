import { type DemoResult } from '../demo/demonstrate';
import { type CaseReport } from '../demo/seen';
import { tallyOf } from '../demo/tally';

/** The result as `--json` prints it. */
export function resultDocument({ requests, shipments, differences }: DemoResult) {
  return {
    ok: differences.length === 0,
    requests: requests.map(requestEntry),
    events: tallyOf(requests.map(({ seen }) => seen)),
    shipments: shipments.map(({ partnerId, trackingNumber, status, timeline, decision }) => ({
      partnerId,
      trackingNumber,
      status,
      ...(decision !== undefined && { routing: { decision } }),
      timeline: timeline.map(({ eventId, occurredAt, recordedAt, late, ...told }) => ({
        eventId,
        status: told.status,
        partnerStatus: told.partnerStatus,
        occurredAt,
        recordedAt,
        late,
      })),
    })),
    differences,
  };
}

export type ResultDocument = ReturnType<typeof resultDocument>;

function requestEntry({ demoCase, seen }: CaseReport) {
  const { status, code, eventId, outcome, reasonCode } = seen;
  return {
    partner: demoCase.partner.id,
    case: demoCase.name,
    body: demoCase.origin,
    status: status ?? null,
    ...(code !== undefined && { code }),
    ...(eventId !== undefined && { eventId }),
    outcome,
    ...(reasonCode !== undefined && { reasonCode }),
  };
}

/** The same document for a demonstration that could not begin. */
export const failureDocument = (reason: string): ResultDocument =>
  resultDocument({ requests: [], shipments: [], differences: [reason] });
