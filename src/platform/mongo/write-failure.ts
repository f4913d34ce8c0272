import { MongoError } from 'mongodb';
import { TimeoutError } from '#platform/resilience/with-timeout';
import { UnconfirmedWriteError } from './insert-unordered';

/** Whether a write failed through the server; what the driver cannot even send is no fault of the server. */
export const isServerFailure = (error: unknown): boolean =>
  error instanceof MongoError ||
  error instanceof UnconfirmedWriteError ||
  error instanceof TimeoutError ||
  (error instanceof Error && error.name === 'AbortError');
