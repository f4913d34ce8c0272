import { ACK_TIMEOUT_MS } from './deployment.mjs';

const ANSWER_WITHIN_MS = ACK_TIMEOUT_MS + 500;
const MOST_EVIDENCE = 20;

/** Everything that a run showed. `ok` is the promise; `problems` say in words what broke it. */
export function documentOf({ machine, settings, run, result, loadSeconds, quietSeconds, lagMs }) {
  const { rounds } = run.ledger;
  const faults = [...new Set(rounds.map(({ kind }) => kind))].map((kind) => rowOf(kind, rounds, result));
  const longestMs = Math.max(...faults.map((row) => row.longestMs));
  const problems = [
    ...run.problems,
    ...few(run.ledger.problems),
    ...problemsOf(result),
    ...(quietSeconds === undefined ? ['the system did not come to rest in time'] : []),
  ];
  // Says as much about the machine as about the product, so it is told and is no verdict.
  const warnings =
    longestMs > ANSWER_WITHIN_MS
      ? [`an answer took ${longestMs.toFixed(0)} ms; expected at most ${ANSWER_WITHIN_MS}`]
      : [];
  const { acknowledged, applied, deadLettered, lost, doubled, parcels, different } = result;
  return {
    ok: problems.length === 0,
    warnings,
    machine,
    settings,
    faults,
    total: {
      ...{ ...summed(faults), seconds: loadSeconds, quietSeconds: quietSeconds ?? null, ledgerLagMs: lagMs },
      ...{ acknowledged, applied, deadLettered, lost: lost.length, doubled: doubled.length },
      ...{ unfinished: result.unfinished.length, shipments: parcels, shipmentsDifferent: different.length },
      longestMs,
    },
    problems,
    evidence: { ...evidenceOf(result), slowest: run.ledger.slowest },
  };
}

/** An event belongs to the round in which it was first sent. */
function rowOf(kind, rounds, { lost, doubled }) {
  const own = rounds.filter((round) => round.kind === kind);
  const of = (figure) => own.map((round) => round[figure]);
  const recovered = of('recoverMs').filter((ms) => ms !== null);
  const ofKind = ({ round }) => round.kind === kind;
  return {
    ...{ kind, rounds: own.length, ...summed(own) },
    ...{ lost: lost.filter(ofKind).length, doubled: doubled.filter(ofKind).length },
    longestMs: Math.max(...of('longestMs')),
    longestHarmedMs: Math.max(...of('longestHarmedMs')),
    recoverMs: recovered.length > 0 ? Math.max(...recovered) : null,
  };
}

const SUMS = ['sent', 'acknowledged', 'requests', 'refused', 'queueOnly', 'journalOnly'];

const summed = (rows) =>
  Object.fromEntries(SUMS.map((figure) => [figure, rows.reduce((sum, row) => sum + row[figure], 0)]));

function problemsOf({ acknowledged, lost, doubled, unfinished, strangers, severalIds, different }) {
  const said = [
    [lost, 'acknowledged events are lost'],
    [doubled, 'events are in the history more than once'],
    [unfinished, 'journal entries are unfinished or missing'],
    [strangers, 'events are in the history that nobody sent'],
    [severalIds, 'events were given more than one id'],
    [different, 'shipments are not what their events make of them'],
  ];
  const wrong = said.filter(([list]) => list.length > 0).map(([list, what]) => `${list.length} ${what}`);
  return acknowledged === 0 ? [...wrong, 'nothing was acknowledged'] : wrong;
}

function few(problems) {
  if (problems.length <= MOST_EVIDENCE) return problems;
  return [...problems.slice(0, MOST_EVIDENCE), `… and ${problems.length - MOST_EVIDENCE} more of these`];
}

/** What somebody needs to find an event again: in the logs by its id, in time by its answers. */
function evidenceOf({ lost, doubled, severalIds, unfinished, strangers, different }) {
  const story = ({ event, round, sentAt, eventIds, answers, applied, journal }) => ({
    ...{ key: event.key, trackingNumber: event.trackingNumber, round: round.kind, sentAt },
    ...{ eventIds: [...eventIds], timesInHistory: applied, journal: journal ?? null, answers },
  });
  const some = (list) => list.slice(0, MOST_EVIDENCE);
  return {
    ...{ lost: some(lost).map(story), doubled: some(doubled).map(story) },
    ...{ severalIds: some(severalIds).map(story), unfinished: some(unfinished) },
    ...{ strangers: some(strangers), different: some(different) },
  };
}
