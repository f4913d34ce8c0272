import { type ShipmentStatus } from '#domain/shipments/shipment-status';
import { type BodySettings } from '../body/body-settings';
import { type FieldSpec, type MappingSpec } from '../mapping/mapping-spec';
import { type SourceSpec } from '../template/source-spec';
import { type AlternativeSpec } from './signature-spec';

export interface DedupeFields {
  /** Pointers or templates. */
  readonly fields: readonly string[];
  /** `keep`: the same fields with another body are a further event. */
  readonly onConflict?: 'keep' | 'drop';
}

export type DedupeSpec = SourceSpec | DedupeFields | { readonly digest: 'body' };

export interface SchemaVersionSpec {
  readonly from?: SourceSpec;
  readonly default?: string;
  /** Versions that are mapped; others are kept and end as dead letters. */
  readonly accept?: readonly string[];
}

export type PrioritySpec = Readonly<Partial<Record<ShipmentStatus | 'default', number>>> & {
  readonly from?: FieldSpec;
};

/** A secret as a document brings it in. Stored elsewhere, encrypted. */
export interface SecretSpec {
  readonly value: string;
  readonly id?: string;
  readonly keyId?: string;
  readonly use?: string;
  readonly activeFrom?: string;
  readonly retireAt?: string;
}

/** A partner as data, complete: checked, and laid over its preset. */
export interface PartnerDocument {
  readonly id: string;
  readonly name?: string;
  readonly notes?: string;
  readonly enabled?: boolean;
  readonly signature: AlternativeSpec | readonly AlternativeSpec[];
  readonly secrets?: readonly SecretSpec[];
  readonly allowIps?: readonly string[];
  readonly publicUrl?: string;
  readonly body?: BodySettings;
  readonly dedupe?: DedupeSpec;
  readonly replay?: { readonly policy?: 'acknowledge' | 'reject'; readonly windowSeconds?: number };
  readonly mapping?: MappingSpec;
  readonly mappings?: Readonly<Record<string, MappingSpec>>;
  readonly schemaVersion?: SchemaVersionSpec;
  readonly priority?: PrioritySpec;
  readonly ack?: { readonly status?: number; readonly body?: string; readonly contentType?: string };
  readonly handshake?: { readonly method?: 'GET'; readonly echo?: string; readonly status?: number };
  readonly limits?: { readonly perSecond?: number; readonly burst?: number; readonly bodyBytes?: number };
  readonly routing?: boolean | { readonly statuses: readonly ShipmentStatus[] };
  readonly queue?: { readonly concurrency?: number; readonly timeoutMs?: number; readonly attempts?: number };
}
