import { listOf } from './body/json-value';
import { type CompiledPartner } from './compiled-partner';
import { type DedupeSpec, type PartnerDocument } from './document/partner-document';
import { type AlternativeSpec } from './document/signature-spec';
import { leavesKeyOpen } from './signed-parts';
import { parseTemplate, tokensOf } from './template/template';

/** How long a request whose time nobody signed may be played again. */
const UNTIMED_SECONDS = 86_400;

const BY_BODY: DedupeSpec = { digest: 'body' };
/** Whoever sends canonical events: their key is a member of the body. */
const CANONICAL_KEY: DedupeSpec = { body: '/idempotencyKey' };

const holdsTimestamp = (text: string): boolean =>
  tokensOf(parseTemplate(text)).some(({ kind }) => kind === 'timestamp');

/** A request that was refused for its time would be refused again, so nothing older need be remembered. */
function windowOf({ signed, timestamp }: AlternativeSpec, defaultToleranceSeconds: number): number {
  const texts = listOf(signed);
  const isTimed = timestamp !== undefined && texts.length > 0 && texts.every(holdsTimestamp);
  return isTimed ? 2 * (timestamp.toleranceSeconds ?? defaultToleranceSeconds) : UNTIMED_SECONDS;
}

/** What is remembered of requests that were taken, and for how long. */
export function replaySettings(
  { replay = {}, signature, dedupe = BY_BODY }: PartnerDocument,
  defaultToleranceSeconds: number,
): CompiledPartner['replay'] {
  const { policy = 'acknowledge', windowSeconds } = replay;
  const specs = listOf(signature);
  const windows = specs.map((spec) => windowOf(spec, defaultToleranceSeconds));
  // A signed time that is still good outlives a shorter memory, whatever the document asks for.
  const timed = windows.filter((seconds) => seconds < UNTIMED_SECONDS);
  const needed = (key: DedupeSpec): boolean =>
    policy === 'reject' || specs.some((spec) => leavesKeyOpen(spec, key));
  return {
    policy,
    windowSeconds: windowSeconds === undefined ? Math.max(...windows) : Math.max(windowSeconds, ...timed),
    needsNonce: { partner: needed(dedupe), canonical: needed(CANONICAL_KEY) },
  };
}
