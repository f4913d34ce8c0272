import { listOf } from './body/json-value';
import { type CompiledPartner } from './compiled-partner';
import { type PartnerDocument } from './document/partner-document';
import { type AlternativeSpec } from './document/signature-spec';
import { parseTemplate, tokensOf } from './template/template';

/** How long a request whose time nobody signed may be played again. */
const UNTIMED_SECONDS = 86_400;

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
  { replay = {}, signature }: PartnerDocument,
  defaultToleranceSeconds: number,
): CompiledPartner['replay'] {
  const longest = Math.max(...listOf(signature).map((spec) => windowOf(spec, defaultToleranceSeconds)));
  return { policy: replay.policy ?? 'acknowledge', windowSeconds: replay.windowSeconds ?? longest };
}
