import { changePartner } from './admin.mjs';
import { guardsReport } from './guards-report.mjs';
import { missingInJournal } from './journal.mjs';
import { machineFacts } from './machine.mjs';
import { peakMegabytes } from './proc.mjs';
import { measureIntake } from './rounds.mjs';
import { sentTwice } from './sent-twice.mjs';
import { problemsOf } from './summary.mjs';
import { newSecret, NEVER_REACHED, settingsOf, startFloor, startProcess } from './targets.mjs';

const NO_LIMITS = {
  RATE_LIMIT_PER_IP_PER_MINUTE: '0',
  RATE_LIMIT_PER_PARTNER_PER_SECOND: '0',
  RATE_LIMIT_REFUSED_PER_IP_PER_MINUTE: '0',
};
/** What each gateway differs in, and what it answers to a request that it has taken before. */
const GATEWAYS = [
  { name: 'no-limits', settings: NO_LIMITS, toReplay: '202' },
  { name: 'limits', patch: NEVER_REACHED, toReplay: '202' },
  { name: 'nonces', patch: { ...NEVER_REACHED, replay: { policy: 'reject' } }, toReplay: '409' },
];

/** Measures gateways that differ in their limits and in their replay guard alone, and the naive handler. */
export async function guards(stores, options) {
  const machine = await machineFacts(stores);
  const secret = newSecret();
  const targets = [await startFloor('naive', stores, secret)];
  for (const kind of GATEWAYS) targets.push(await startKind(kind, stores, secret));
  const differences = await differencesMissing(targets);
  const rounds = await measureIntake(targets, stores, options);
  const peaks = Object.fromEntries(targets.map(({ name, pid }) => [name, peakMegabytes(pid)]));
  const problems = [...differences, ...problemsOf(rounds)];
  for (const { name } of GATEWAYS) problems.push(...(await missingInJournal(stores, rounds, name)));
  return guardsReport({ machine, options, rounds, peaks, problems });
}

/** The default partner is changed, so that all of them get the very same requests. */
async function startKind({ name, settings, patch, toReplay }, stores, secret) {
  const all = { ...settingsOf(stores, name, secret), ...settings };
  const gateway = await startProcess(name, 'api', all);
  if (patch !== undefined) await changePartner(gateway, 'default', patch);
  return { ...gateway, toReplay };
}

/** A guard that is not asked costs nothing: its ratio would be a fine one, and wrong. */
async function differencesMissing(targets) {
  const problems = [];
  for (const target of targets.filter(({ toReplay }) => toReplay !== undefined)) {
    const answers = (await sentTwice(target)).join(', ');
    const expected = `202, ${target.toReplay}`;
    if (answers !== expected)
      problems.push(`${target.name} answered ${answers} to the same request sent twice, not ${expected}`);
  }
  return problems;
}
