import { makeBacklog } from './backlog.mjs';
import { drainBacklog } from './drain-worker.mjs';
import { machineFacts } from './machine.mjs';
import { profileReport } from './profile-report.mjs';
import { profiled } from './profiler.mjs';

/** One backlog applied by a worker under the profiler: where its main thread's time goes while it is measured. */
export async function drainProfile(stores, { events }) {
  const machine = await machineFacts(stores);
  const backlog = await makeBacklog(stores, 'drain', events);
  const { figures, sums } = await profiled((flags) => drainBacklog(stores, backlog, flags));
  return profileReport({
    subject: 'The worker',
    machine,
    unit: 'event',
    count: figures.measuredEvents,
    perSecond: figures.eventsPerSecond,
    cpu: figures.cpu,
    sums,
    problems: figures.problems,
  });
}
