import { REVIEW_TRANSITIONS, type ReviewStatus } from '#domain/dead-letters/dead-letter';
import { type Refusal } from '#domain/dead-letters/dead-letter-review.repository';
import { ProblemError } from '#platform/http/problem';

/** The answer to a step that was not taken: which state stands in its way, and what is possible instead. */
export function stepRefused(eventId: string, refusal: Refusal): ProblemError {
  switch (refusal.because) {
    case 'unknown':
      return noSuchDeadLetter(eventId);
    case 'review_status':
      return new ProblemError('CONFLICT', `dead letter ${eventId} is ${describeState(refusal.reviewStatus)}`);
    case 'journal':
      return new ProblemError(
        'CONFLICT',
        refusal.status === undefined
          ? `the journal no longer holds event ${eventId}, so it cannot be replayed: close its dead letter instead`
          : `event ${eventId} is ${refusal.status} at the moment: look at its dead letter again when it is done`,
      );
  }
}

export const noSuchDeadLetter = (eventId: string): ProblemError =>
  new ProblemError(
    'NOT_FOUND',
    `there is no dead letter for event ${eventId}: GET /v1/admin/dead-letters lists those there are`,
  );

function describeState(status: ReviewStatus): string {
  const possible = Object.entries(REVIEW_TRANSITIONS)
    .filter(([, from]) => from.some((state) => state === status))
    .map(([step]) => step);
  return possible.length === 0
    ? `${status}, and nothing more can be done with it`
    : `${status}; from here it can only be ${possible.join(' or ')}`;
}
