import { MongoServerError } from 'mongodb';

const MAX_TIME_EXPIRED = 50;

/** Whether the server gave a question up because it took longer than its `maxTimeMS`. */
export const isOutOfTime = (error: unknown): boolean =>
  error instanceof MongoServerError && error.code === MAX_TIME_EXPIRED;
