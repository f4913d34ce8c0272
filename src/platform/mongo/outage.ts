import {
  MongoError,
  MongoErrorLabel,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
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

/** Whether the server could not do its work, as against not liking what it was asked. */
export const isOutage = (error: unknown): boolean =>
  OUTAGES.some((type) => error instanceof type) ||
  (error instanceof MongoError &&
    (error.name === WAIT_QUEUE_TIMEOUT || error.hasErrorLabel(MongoErrorLabel.RetryableWriteError)));
