import { type DestinationStream, type Logger, pino } from 'pino';
import { serializeError } from './error-serializer';
import { shownText } from './shown-text';

export interface LoggingSettings {
  readonly level: string;
  /** Stands in every line: processes of one image differ in nothing else. */
  readonly role: string;
}

let current = { at: 0, text: '' };

/** RFC 3339; lines of one millisecond share the text. */
function timeMember(): string {
  const at = Date.now();
  if (at !== current.at) current = { at, text: `,"time":"${new Date(at).toISOString()}"` };
  return current.text;
}

const omitted = (): undefined => undefined;
const anyError = (value: unknown): unknown => (value instanceof Error ? serializeError(value) : value);

/** Bodies and headers of others have no place in a log, under whatever name somebody hands them over. */
const SERIALIZERS = {
  err: serializeError,
  error: anyError,
  reason: anyError,
  cause: anyError,
  msg: (message: unknown): unknown => (typeof message === 'string' ? shownText(message) : message),
  req: omitted,
  res: omitted,
  request: omitted,
  response: omitted,
  headers: omitted,
  query: omitted,
  body: omitted,
  payload: omitted,
};

/** One JSON object a line, with `time`, `level` and `role` first. */
export function createLogger({ level, role }: LoggingSettings, stream: DestinationStream): Logger {
  return pino(
    {
      level,
      base: { role },
      timestamp: timeMember,
      formatters: { level: (label) => ({ level: label }) },
      serializers: SERIALIZERS,
    },
    stream,
  );
}
