/** A partner's document as JSON gives it, before any rule has read it. */
export type PartnerJson = Readonly<Record<string, unknown>>;

/** What is shown of a partner beside its document, and never set by it: what was read may be sent back as a whole. */
const BESIDE_THE_DOCUMENT: ReadonlySet<string> = new Set([
  'fault',
  'paused',
  'revision',
  'createdAt',
  'updatedAt',
]);

/** The document alone, of a partner as it was shown. */
export const documentOfShown = (shown: PartnerJson): PartnerJson =>
  Object.fromEntries(Object.entries(shown).filter(([name]) => !BESIDE_THE_DOCUMENT.has(name)));

/** What may be shown of a secret, and nothing that tells its value. */
export interface SecretFacts {
  readonly id: string;
  /** Name of the signature alternative that it serves; absent: all. */
  readonly use?: string;
  readonly keyId?: string;
  readonly createdAt: Date;
  readonly activeFrom?: Date;
  readonly retireAt?: Date;
}

export type StoredSecret =
  /** Encrypted with the key ring, bound to this partner and this secret. */
  | (SecretFacts & { readonly sealed: string })
  /** `env:NAME` or `file:/path`: says where the value is, so it is no secret itself. */
  | (SecretFacts & { readonly reference: string });

export interface PartnerContent {
  /** As the operator wrote it, over its preset and without secrets: what a later change is merged into. */
  readonly document: PartnerJson;
  readonly secrets: readonly StoredSecret[];
  /** Sealed digest of the partner file that was applied last: the same file is not applied again. */
  readonly appliedFile?: string;
}

/** Since when, and by whom, nobody works on a partner's events. */
export interface QueuePause {
  readonly at: Date;
  /** Name of the key that it was done with. */
  readonly by: string;
}

export interface StoredPartner extends PartnerContent {
  readonly id: string;
  /** Beside the content: no change of the document touches it. Absent: its events are worked on. */
  readonly paused?: QueuePause;
  /** Raised by every change; a change names the one it was made from. */
  readonly revision: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Two equal versions are the same content: a partner that was removed and made again begins at revision 1, too. */
export const versionOf = ({ createdAt, revision }: Pick<StoredPartner, 'createdAt' | 'revision'>): string =>
  `${createdAt.getTime()}-${revision}`;

/** All that a process has to follow: the content, and whether it is paused. */
export const stateOf = (partner: Pick<StoredPartner, 'createdAt' | 'revision' | 'paused'>): string =>
  partner.paused === undefined ? versionOf(partner) : `${versionOf(partner)}-paused`;
