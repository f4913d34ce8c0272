import { hash } from 'node:crypto';
import { type AlternativeSpec } from '../document/signature-spec';
import { type PartnerSecret } from '../document/partner-secret';
import { parsePointer, type Pointer } from '../template/pointer';
import { isLive, type Key, keysOf } from './live-keys';
import { type RefusalReason, Unreadable } from './reading';
import { type RequestView } from './request-view';
import { Scope } from './scope';
import { type KeyMatcher, type SignatureType } from './signature-type';
import { type Coverage, type Proof } from './signed-string';
import { compileSource, type SourceReader } from './source';
import { TimeWindow } from './time-window';

/** How far a request got; of several alternatives the one that got furthest says why it was refused. */
const STAGE = { keys: 0, candidates: 1, presence: 2, signature: 3, time: 4 } as const;

export interface Refused {
  readonly ok: false;
  readonly reason: RefusalReason;
  readonly stage: number;
}

export interface Accepted {
  readonly ok: true;
  readonly secretId: string;
  readonly covers: Coverage;
  nonce(): string;
}

const refused = (reason: RefusalReason, stage: number): Refused => ({ ok: false, reason, stage });

const MAX_ITEMS = 200;

export interface AlternativeSettings {
  readonly name: string;
  readonly spec: AlternativeSpec;
  readonly type: SignatureType;
  readonly secrets: readonly PartnerSecret[];
  readonly defaultToleranceSeconds: number;
}

/** One way in which a partner may prove itself, with the keys for it. */
export class Alternative {
  readonly name: string;
  private readonly keys: readonly Key<KeyMatcher>[];
  private readonly keyId: SourceReader | undefined;
  private readonly from: SourceReader;
  private readonly id: SourceReader | undefined;
  private readonly window: TimeWindow | undefined;
  private readonly each: Pointer | undefined;

  constructor({ name, spec, type, secrets, defaultToleranceSeconds }: AlternativeSettings) {
    const { key, id, timestamp, each } = spec;
    this.name = name;
    this.keys = keysOf(secrets, name, type.compile(spec));
    this.keyId = key?.id && compileSource(key.id);
    this.from = compileSource(spec.from);
    this.id = id && compileSource(id);
    this.window = timestamp && new TimeWindow(timestamp, defaultToleranceSeconds);
    this.each = each === undefined ? undefined : parsePointer(each);
  }

  verify(view: RequestView, now: number): Accepted | Refused {
    return this.each === undefined
      ? this.verifyOne(new Scope(view), now)
      : this.verifyEach(view, this.each, now);
  }

  private verifyEach(view: RequestView, each: Pointer, now: number): Accepted | Refused {
    if (!this.keys.some((key) => isLive(key, now))) return refused('no_live_secret', STAGE.keys);
    const list = new Scope(view).fromBody(each);
    if (list instanceof Unreadable) return refused(list.reason, STAGE.candidates);
    const items = list?.items() ?? [];
    if (items.length === 0) return refused('no_items', STAGE.candidates);
    if (items.length > MAX_ITEMS) return refused('too_many_values', STAGE.candidates);
    const all: Accepted[] = [];
    for (const item of items) {
      const attempt = this.verifyOne(new Scope(view, item), now);
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
    const keys = this.liveKeys(scope, now);
    if (keys instanceof Unreadable) return refused(keys.reason, STAGE.keys);
    if (keys.length === 0) return refused('no_live_secret', STAGE.keys);
    const candidates = this.from.all(scope);
    if (candidates === undefined) return refused('missing_signature', STAGE.candidates);
    if (candidates instanceof Unreadable) return refused(candidates.reason, STAGE.candidates);
    const missing = this.readTimeAndId(scope);
    if (missing !== undefined) return refused(missing, STAGE.presence);
    const match = matchAny(keys, candidates, scope);
    if (typeof match === 'string') return refused(match, STAGE.signature);
    const late = scope.timestamp === undefined ? undefined : this.window?.refusal(scope.timestamp, now);
    return late === undefined ? match : refused(late, STAGE.time);
  }

  private liveKeys(scope: Scope, now: number): readonly Key<KeyMatcher>[] | Unreadable {
    const named = this.keyId?.one(scope);
    if (named instanceof Unreadable) return named;
    const [only] = this.keys;
    if (this.keyId === undefined && this.keys.length === 1 && only !== undefined && isLive(only, now))
      return this.keys;
    const live = this.keys.filter((key) => isLive(key, now));
    if (this.keyId === undefined) return live;
    return live.filter(({ keyId }) => keyId !== undefined && keyId === named);
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

const accept = (secretId: string, proof: Proof, scope: Scope): Accepted => ({
  ok: true,
  secretId,
  covers: proof.covers,
  nonce: () => proof.nonce(scope),
});

function matchAny(
  keys: readonly Key<KeyMatcher>[],
  candidates: readonly string[],
  scope: Scope,
): Accepted | RefusalReason {
  let reason: RefusalReason = 'mismatch';
  for (const { matcher, secretId } of keys) {
    const match = matcher.match(candidates, scope);
    if (typeof match !== 'string') return accept(secretId, match, scope);
    reason = match;
  }
  return reason;
}
