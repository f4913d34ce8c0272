/** Which parcels; neither means all of them. */
export interface ParcelFilter {
  readonly partnerId?: string;
  readonly trackingNumber?: string;
}
