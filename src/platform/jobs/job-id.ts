import { randomBytes } from 'node:crypto';

/** Never all digits and without a colon: BullMQ refuses both. */
export const newJobId = (): string => `b-${randomBytes(12).toString('hex')}`;
