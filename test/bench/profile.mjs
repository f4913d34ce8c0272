import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { guardDirectory } from '../../scripts/process/guard.mjs';
import { CACHE } from '../../scripts/project/places.mjs';
import { addUp } from './cpu-profile.mjs';
import { machineFacts } from './machine.mjs';
import { machineLines, number, table, title } from './report.mjs';
import { measureIntake } from './rounds.mjs';
import { problemsOf } from './summary.mjs';
import { newSecret, startGateway } from './targets.mjs';

const SHOWN_FUNCTIONS = 30;
const SAMPLE_EVERY_MICROSECONDS = '250';

/** One round of the gateway under Node's own sampling profiler: where its main thread's time goes under load. */
export async function profile(stores, options) {
  const machine = await machineFacts(stores);
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(join(CACHE, 'profile-'));
  const release = guardDirectory(folder);
  try {
    const round = await profiledRound(stores, options, folder);
    const sums = addUp(await readProfile(folder), round.gateway.span);
    return report({ machine, round, sums, problems: problemsOf([round]) });
  } finally {
    await rm(folder, { recursive: true, force: true });
    release();
  }
}

async function profiledRound(stores, options, folder) {
  const flags = ['--cpu-prof', '--cpu-prof-dir', folder, '--cpu-prof-interval', SAMPLE_EVERY_MICROSECONDS];
  const gateway = await startGateway(stores, newSecret(), flags);
  const [round] = await measureIntake([gateway], stores, { ...options, rounds: 1 });
  // The profile is written when the process ends by itself.
  await gateway.stop();
  return round;
}

/** Worker threads write a profile of their own; the main thread's has the number 0. */
async function readProfile(folder) {
  const names = await readdir(folder);
  const main = names.find((name) => /\.\d+\.0\.\d+\.cpuprofile$/.test(name));
  if (main === undefined)
    throw new Error('the gateway wrote no CPU profile: it did not end by itself when asked to');
  return JSON.parse(await readFile(join(folder, main), 'utf8'));
}

function report({ machine, round, sums, problems }) {
  const { gateway } = round;
  const share = (time) => (time / sums.busy) * 100;
  const microseconds = (time) => time / gateway.accepted;
  const list = (entries) =>
    entries.map(([name, time]) => ({
      name,
      percent: share(time),
      microsecondsPerRequest: microseconds(time),
    }));
  const document = {
    ok: problems.length === 0,
    machine,
    requestsPerSecond: gateway.requestsPerSecond,
    cpu: gateway.cpu,
    idlePercent: (sums.idle / (sums.busy + sums.idle)) * 100,
    groups: list(sums.own),
    groupsWithNode: list(sums.onBehalf),
    functions: list(sums.functions.slice(0, SHOWN_FUNCTIONS)),
    problems,
  };
  return { document, text: textOf(document), problems };
}

function textOf({ machine, requestsPerSecond, cpu, idlePercent, groups, groupsWithNode, functions }) {
  const rows = (list) =>
    list.map((one) => [one.name, number(one.percent, 1), number(one.microsecondsPerRequest, 1)]);
  const columns = ['% of busy', 'µs/request'];
  return [
    machineLines(machine),
    title('The gateway under the profiler'),
    `${number(requestsPerSecond, 0)} requests a second; CPU seconds for 10,000: server ${number(cpu.server)}, ` +
      `redis ${number(cpu.redis)}, mongod ${number(cpu.mongod)}; main thread idle ${number(idlePercent, 1)} %`,
    title('By package, where the time itself is spent'),
    table(['package', ...columns], rows(groups)),
    title("By package, with Node's own functions counted for who called them"),
    table(['package', ...columns], rows(groupsWithNode)),
    title(`The ${functions.length} functions with the most time of their own`),
    table(['function', ...columns], rows(functions)),
  ].join('\n');
}
