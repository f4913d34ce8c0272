import { hash } from 'node:crypto';
import { type AlternativeSpec } from '../document/signature-spec';
import { parsePointer, type Pointer } from '../template/pointer';
import { BodyDigest } from './body-digest';
import { type Key, type LiveKeys } from './live-keys';
import { type Accepted, type Prover, type Refused, refused, STAGE } from './outcome';
import { type RefusalReason, Unreadable } from './reading';
import { type RequestView } from './request-view';
import { Scope } from './scope';
import { type KeyMatcher, type SignatureType } from './signature-type';
import { type SignedValue } from './signed-value';
import { compileSource, type SourceReader } from './source';
import { TimeWindow } from './time-window';

const MAX_ITEMS = 200;

export interface AlternativeSettings {
  readonly name: string;
  readonly spec: AlternativeSpec;
  readonly type: SignatureType;
  readonly keys: LiveKeys;
  readonly defaultToleranceSeconds: number;
}

/** One way in which a partner may prove itself, with the keys for it. */
export class Alternative implements Prover {
  readonly name: string;
  private readonly type: SignatureType;
  private readonly keys: LiveKeys;
  private readonly from: SourceReader;
  private readonly id: SourceReader | undefined;
  private readonly window: TimeWindow | undefined;
  private readonly bodyDigest: BodyDigest | undefined;
  private readonly each: Pointer | undefined;

  constructor({ name, spec, type, keys, defaultToleranceSeconds }: AlternativeSettings) {
    const { id, timestamp, bodyDigest, each } = spec;
    this.name = name;
    this.type = type;
    this.keys = keys;
    this.from = compileSource(spec.from ?? type.usualFrom ?? {});
    this.id = id && compileSource(id);
    this.window = timestamp && new TimeWindow(timestamp, defaultToleranceSeconds);
    this.bodyDigest = bodyDigest && new BodyDigest(bodyDigest);
    this.each = each === undefined ? undefined : parsePointer(each);
  }

  verify(view: RequestView, now: number): Accepted | Refused {
    return this.each === undefined
      ? this.verifyOne(this.scopeOf(view), now)
      : this.verifyEach(view, this.each, now);
  }

  prepare(view: RequestView): Promise<void> | undefined {
    if (this.keys.prepare === undefined) return undefined;
    if (this.each === undefined) return this.keys.prepare([this.scopeOf(view)]);
    const list = new Scope(view).fromBody(this.each);
    const items = list instanceof Unreadable ? [] : (list?.items() ?? []);
    return this.keys.prepare(items.slice(0, MAX_ITEMS).map((item) => this.scopeOf(view, item)));
  }

  private scopeOf(view: RequestView, item?: SignedValue): Scope {
    return this.type.scopeOf === undefined ? new Scope(view, item) : this.type.scopeOf(view, item, this.from);
  }

  private verifyEach(view: RequestView, each: Pointer, now: number): Accepted | Refused {
    if (!this.keys.any(now)) return refused('no_live_secret', STAGE.keys);
    const list = new Scope(view).fromBody(each);
    if (list instanceof Unreadable) return refused(list.reason, STAGE.candidates);
    const items = list?.items() ?? [];
    if (items.length === 0) return refused('no_items', STAGE.candidates);
    if (items.length > MAX_ITEMS) return refused('too_many_values', STAGE.candidates);
    const all: Accepted[] = [];
    for (const item of items) {
      const attempt = this.verifyOne(this.scopeOf(view, item), now);
      if (!attempt.ok) return attempt;
      all.push(attempt);
    }
    const [first] = all;
    if (first === undefined) return refused('no_items', STAGE.candidates);
    return {
      ...first,
      nonce: () => `all-sha256:${hash('sha256', all.map((one) => one.nonce()).join('\n'))}`,
    };
  }

  private verifyOne(scope: Scope, now: number): Accepted | Refused {
    const keys = this.keys.for(scope, now);
    if (keys instanceof Unreadable) return this.withoutKeys(keys, scope);
    if (keys.length === 0) return refused('no_live_secret', STAGE.keys);
    const candidates = this.from.all(scope);
    if (candidates === undefined) return refused('missing_signature', STAGE.candidates);
    if (candidates instanceof Unreadable) return refused(candidates.reason, STAGE.candidates);
    const missing = this.readTimeAndId(scope);
    if (missing !== undefined) return refused(missing, STAGE.presence);
    const match = this.match(keys, candidates, scope);
    if (typeof match === 'string') return refused(match, STAGE.signature);
    const altered = this.bodyDigest?.refusal(scope);
    if (altered !== undefined) return refused(altered, STAGE.bodyDigest);
    const late = this.lateness(scope, now);
    return late === undefined ? match : refused(late, STAGE.time);
  }

  /** Without a signature it is no matter which keys there are. */
  private withoutKeys({ reason }: Unreadable, scope: Scope): Refused {
    return this.from.all(scope) === undefined
      ? refused('missing_signature', STAGE.candidates)
      : refused(reason, STAGE.keys);
  }

  private match(
    keys: readonly Key<KeyMatcher>[],
    candidates: readonly string[],
    scope: Scope,
  ): Accepted | RefusalReason {
    let reason: RefusalReason = 'mismatch';
    for (const { matcher, secretId } of keys) {
      const proof = matcher.match(candidates, scope);
      if (typeof proof !== 'string') {
        const covers = this.bodyDigest === undefined ? proof.covers : 'body';
        return { ok: true, secretId, covers, nonce: () => proof.nonce(scope) };
      }
      reason = proof;
    }
    return reason;
  }

  private lateness(scope: Scope, now: number): RefusalReason | undefined {
    const late = scope.timestamp === undefined ? undefined : this.window?.refusal(scope.timestamp, now);
    return late ?? this.type.lateness?.(scope, now);
  }

  /** Reads both into the scope; gives the reason why one is not there. */
  private readTimeAndId(scope: Scope): RefusalReason | undefined {
    const timestamp = this.window?.from.one(scope);
    const id = this.id?.one(scope);
    if (timestamp instanceof Unreadable) return timestamp.reason;
    if (id instanceof Unreadable) return id.reason;
    if (this.id !== undefined && id === undefined) return 'missing_id';
    if (this.window !== undefined && timestamp === undefined) return 'missing_timestamp';
    scope.timestamp = timestamp;
    scope.id = id;
    return undefined;
  }
}
