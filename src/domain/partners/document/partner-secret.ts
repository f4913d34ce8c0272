/** A secret with its value in the open: only ever in memory, on the way to a key. */
export interface PartnerSecret {
  readonly id: string;
  readonly value: string;
  /** Name of the one signature alternative that it is for. */
  readonly use?: string;
  readonly keyId?: string;
  readonly activeFrom?: Date;
  readonly retireAt?: Date;
  readonly createdAt: Date;
}
