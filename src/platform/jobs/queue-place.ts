/** One BullMQ queue: the first part of all its keys, and its name. */
export interface QueuePlace {
  readonly prefix: string;
  readonly name: 'events' | 'journal';
  /** Whose events it carries; none where they are everybody's. */
  readonly partnerId?: string;
}

/** The part in braces makes all keys of a queue lie in one slot of a Redis Cluster. */
export const eventsQueue = (queuePrefix: string, partnerId: string): QueuePlace => ({
  prefix: `${queuePrefix}:{${partnerId}}`,
  name: 'events',
  partnerId,
});

/**
 * What has to be journaled goes by a queue of its own, whoever sent it: that a partner is paused, slow or cannot be
 * served must not keep events in Redis alone.
 */
export const journalQueue = (queuePrefix: string): QueuePlace => ({
  prefix: `${queuePrefix}:{journal}`,
  name: 'journal',
});

export const keyOf = ({ prefix, name }: QueuePlace): string => `${prefix}:${name}`;
