import { machineFacts } from './machine.mjs';
import { profileReport } from './profile-report.mjs';
import { profiled } from './profiler.mjs';
import { measureIntake } from './rounds.mjs';
import { problemsOf } from './summary.mjs';
import { newSecret, startGateway } from './targets.mjs';

/** One round of the gateway under Node's own sampling profiler: where its main thread's time goes under load. */
export async function profile(stores, options) {
  const machine = await machineFacts(stores);
  const { figures, sums } = await profiled((flags) => profiledRound(stores, options, flags));
  return profileReport({
    subject: 'The gateway',
    machine,
    unit: 'request',
    count: figures.accepted,
    perSecond: figures.requestsPerSecond,
    cpu: figures.cpu,
    sums,
    problems: problemsOf([{ gateway: figures }]),
  });
}

async function profiledRound(stores, options, flags) {
  const gateway = await startGateway(stores, newSecret(), flags);
  const [round] = await measureIntake([gateway], stores, { ...options, rounds: 1 });
  // The profile is written when the process ends by itself.
  await gateway.stop();
  return round.gateway;
}
