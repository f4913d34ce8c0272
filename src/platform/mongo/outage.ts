import {
  MongoBulkWriteError,
  MongoError,
  MongoErrorLabel,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
} from 'mongodb';

const OUTAGES = [
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
];

/** No connection was free in time. The driver does not export the class. */
const WAIT_QUEUE_TIMEOUT = 'MongoWaitQueueTimeoutError';

/**
 * Codes of a server that is going, coming, or no longer the primary. Only a write that the driver may repeat carries
 * the label as well; an update of many documents has nothing but its code.
 *
 * @see https://github.com/mongodb/specifications/blob/master/source/server-discovery-and-monitoring/server-discovery-and-monitoring.md
 */
const STATE_CHANGES: ReadonlySet<unknown> = new Set([91, 189, 10058, 10107, 11600, 11602, 13435, 13436]);

/** A bulk write hides what kept it from the server in an error of its own; a verdict of the server has a code. */
const neverArrived = (error: unknown): boolean =>
  error instanceof MongoBulkWriteError && error.code === undefined;

/** A call that was bounded in time ended without an answer. */
const isUnanswered = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError');

/** Whether the server could not do its work, as against not liking what it was asked. */
export const isOutage = (error: unknown): boolean =>
  OUTAGES.some((type) => error instanceof type) ||
  (error instanceof MongoServerError && STATE_CHANGES.has(error.code)) ||
  neverArrived(error) ||
  isUnanswered(error) ||
  (error instanceof MongoError &&
    (error.name === WAIT_QUEUE_TIMEOUT || error.hasErrorLabel(MongoErrorLabel.RetryableWriteError)));
