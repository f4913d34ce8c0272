import { asUtc, type LocalTime } from './local-time';
import { offsetMinutes } from './offset';

/** Minutes ahead of UTC that clocks show at this moment. */
type Zone = (at: number) => number;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const SHOWN_OFFSET = /GMT(?:([+-][0-9]{2}:[0-9]{2})(?::[0-9]{2})?)?$/;

/** By name in lower case, which is how the runtime compares them; so there are no more entries than zones. */
const known = new Map<string, Zone>();

function namedZone(name: string): Zone | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
    return (at) => offsetMinutes(SHOWN_OFFSET.exec(format.format(at))?.[1] ?? 'Z') ?? 0;
  } catch {
    return undefined;
  }
}

/** `undefined` where the name is neither an IANA zone nor an offset such as `+05:30`. */
export function zoneOf(name: string): Zone | undefined {
  const offset = offsetMinutes(name);
  if (offset !== undefined) return () => offset;
  const key = name.toLowerCase();
  const zone = known.get(key) ?? namedZone(name);
  if (zone !== undefined) known.set(key, zone);
  return zone;
}

/**
 * The moment at which clocks of the zone showed this. Of the two when a clock was put back, the first; a time that
 * was skipped when it was put forward counts on from before, so 02:30 is 03:30.
 */
export function momentIn(zone: Zone, time: LocalTime): number {
  const shown = asUtc(time);
  const [before, after] = [zone(shown - DAY_MS), zone(shown + DAY_MS)];
  const [first, second] = [shown - before * MINUTE_MS, shown - after * MINUTE_MS];
  if (before === after || zone(first) === before) return first;
  return zone(second) === after ? second : first;
}
