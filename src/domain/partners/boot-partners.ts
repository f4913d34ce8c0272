/** Makes partners that the deployment itself brings, once for a process. */
export interface PartnerOrigin {
  /** Rejects while MongoDB is away: call it again. Does nothing once it is done. */
  ensure(): Promise<void>;
}

/** All that brings partners at boot, in its order: what an earlier one made, a later one finds. */
export class BootPartners implements PartnerOrigin {
  constructor(private readonly origins: readonly PartnerOrigin[]) {}

  async ensure(): Promise<void> {
    for (const origin of this.origins) await origin.ensure();
  }
}
