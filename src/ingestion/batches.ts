import { type NewInboundEvent } from '#domain/events/inbound-event';
import { chunksOf } from '#platform/grouping/chunks';
import { groupBy } from '#platform/grouping/group-by';
import { newJobId } from '#platform/jobs/job-id';

/** The events of a group that will go together through the queue: one partner, one priority. */
export interface Batch {
  readonly jobId: string;
  readonly partnerId: string;
  readonly priority: number;
  readonly events: readonly NewInboundEvent[];
}

const sizeOf = ({ body }: NewInboundEvent): number => body.length;

/** Every event gets its batch before it is written, for the journal entry names the job. */
export function planBatches(events: readonly NewInboundEvent[]): readonly Batch[] {
  const groups = groupBy(events, ({ partnerId, priority }) => `${partnerId} ${priority}`);
  return [...groups.values()].flatMap((group) => batchOf(group));
}

/** Parts of a batch that stay within `maxBytes` of bodies; what is larger by itself is left out. */
export function splitByBytes(batch: Batch, maxBytes: number): readonly Batch[] {
  const fitting = batch.events.filter((event) => sizeOf(event) <= maxBytes);
  const parts = [...chunksOf(fitting, { maxItems: Infinity, maxSize: maxBytes, sizeOf })];
  return parts.map((events, index) => ({ ...batch, events, jobId: index === 0 ? batch.jobId : newJobId() }));
}

function batchOf(events: readonly NewInboundEvent[]): readonly Batch[] {
  const [first] = events;
  if (first === undefined) return [];
  return [{ jobId: newJobId(), partnerId: first.partnerId, priority: first.priority, events }];
}
