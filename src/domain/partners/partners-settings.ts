import { type PartnerQueueSettings } from './compiled-partner';
import { type ResolveReference } from './partner-secrets';
import { type KeySets } from './signature/key-sets';

/** What partners have that say nothing else, and where their secrets come from. */
export interface PartnersSettings {
  /** Default: the presets that are shipped. */
  readonly presetsDirectory?: string;
  readonly defaultToleranceSeconds: number;
  readonly defaultBodyBytes: number;
  readonly defaultQueue?: PartnerQueueSettings;
  /** True: the partner `default` is made at boot if there is none. */
  readonly signingSecretSet: boolean;
  /** Partner files that are applied at boot, in the order of their names. */
  readonly partnersDirectory?: string;
  readonly resolveReference: ResolveReference;
  /** Default: key sets are read from the public internet only. */
  readonly keySets?: KeySets;
}
