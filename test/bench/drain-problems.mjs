/** Less than this share of the backlog between both readings is no rate. */
const LEAST_MEASURED = 0.25;

/** Everything that makes the figures worthless, in words: every event has to be applied, and once. */
export function drainProblems({ events, counts, measured }) {
  const { ends, historyEntries, eventsInHistory, shipments, attempts } = counts;
  const problems = [];
  if (!isOnly(ends.default, events) || Object.keys(ends).length !== 1)
    problems.push(`not all of ${events} events are processed: ${JSON.stringify(ends)}`);
  if (!isOnly(attempts, events))
    problems.push(`${events} events were not applied at one attempt each: ${JSON.stringify(attempts)}`);
  if (historyEntries !== events || eventsInHistory !== events)
    problems.push(
      `the history holds ${historyEntries} entries of ${eventsInHistory} events, not one of each of ${events}`,
    );
  // Each event is of a parcel of its own.
  if (shipments !== events) problems.push(`${events} events of as many parcels made ${shipments} shipments`);
  if (measured < LEAST_MEASURED * events)
    problems.push(`${measured} of ${events} events were applied between the readings: take more --events`);
  return problems;
}

/** Whether all of them ended as `processed`, and nothing else is told. */
function isOnly(counts, events) {
  const { processed, ...others } = counts ?? {};
  return processed === events && Object.keys(others).length === 0;
}
