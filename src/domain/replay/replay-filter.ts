/** Events that came to a happy end; dead letters have a review of their own. */
export const REPLAYABLE_STATUSES = ['processed', 'ignored'] as const;
export type ReplayableStatus = (typeof REPLAYABLE_STATUSES)[number];

/** Which kept events are read again: of one partner, received in `[from, to)`. */
export interface ReplayFilter {
  readonly partnerId: string;
  readonly from: Date;
  readonly to: Date;
  /** `undefined`: both. */
  readonly status?: ReplayableStatus;
}
