import { type JsonObject } from '../body/json-value';
import { compilePattern, PatternError } from '../time/pattern';
import { NAMED_FORMATS } from '../time/parse-time';
import { zoneOf } from '../time/zone';
import { objectAt, type Placed, type Report, textsAt } from './rule';

export function checkTimeFormat({ path, value }: Placed<string>, report: Report): void {
  if (NAMED_FORMATS.has(value)) return;
  try {
    compilePattern(value);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    report(path, `must be one of ${[...NAMED_FORMATS.keys()].join(', ')} or a pattern: ${error.message}`);
  }
}

/** The `time` block of a mapping. */
export function checkTime(mapping: Placed<JsonObject>, report: Report): void {
  const time = objectAt(mapping, 'time');
  if (time === undefined) return;
  textsAt(time, 'formats').forEach((format) => checkTimeFormat(format, report));
  for (const { path, value } of textsAt(time, 'zone')) {
    if (zoneOf(value) === undefined)
      report(path, 'must be the name of a time zone (Asia/Kolkata) or an offset (+05:30)');
  }
  const event = objectAt(mapping, 'event');
  // What an expression gives is only known when it runs.
  const mayHaveZone = 'events' in mapping.value || (event !== undefined && 'zone' in event.value);
  const hasZone = 'zone' in time.value || mayHaveZone;
  if (time.value['trustOffset'] === false && !hasZone) {
    report(`${time.path}/trustOffset`, 'must not be false without a zone, which would then say when it was');
  }
}
