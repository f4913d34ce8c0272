import { type PartnerQueueSettings } from './compiled-partner';
import { type ResolveReference } from './partner-secrets';

/** What partners have that say nothing else, and where their secrets come from. */
export interface PartnersSettings {
  /** Default: the presets that are shipped. */
  readonly presetsDirectory?: string;
  readonly defaultToleranceSeconds: number;
  readonly defaultBodyBytes: number;
  readonly defaultQueue?: PartnerQueueSettings;
  /** True: the partner `default` is made at boot if there is none. */
  readonly signingSecretSet: boolean;
  readonly resolveReference: ResolveReference;
}
