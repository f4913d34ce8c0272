import { problemsAtRate, problemsOf } from './summary.mjs';

/** How the events of each partner have to end. */
const ENDS = { steady: 'processed', flooding: 'processed', failing: 'dead_lettered' };

/** Everything that makes the figures worthless, in words. */
export function neighbourProblems({ rounds, ends, rate, phases }) {
  const steady = rounds.map((round) =>
    Object.fromEntries(
      Object.entries(round).map(([phase, one]) => [`the steady partner (${phase})`, one.steady]),
    ),
  );
  return [
    ...problemsOf(steady),
    ...problemsAtRate(steady, rate),
    ...besideProblems(rounds),
    ...endProblems(rounds, ends, phases),
  ];
}

/** Who floods is refused what is beyond its limit, and nothing else happens to it. */
function besideProblems(rounds) {
  return rounds.flatMap((round, index) =>
    Object.entries(round).flatMap(([phase, { beside }]) => {
      if (beside === null) return [];
      const { 202: accepted = 0, 429: limited = 0, ...others } = beside.answers;
      const where = `round ${index + 1} (${phase})`;
      const wrong = [];
      if (limited === 0) wrong.push(`${where}: the other partner was never above its limit`);
      if (accepted === 0) wrong.push(`${where}: the other partner was not let in at all`);
      if (Object.keys(others).length > 0)
        wrong.push(`${where}: the other partner was also answered ${JSON.stringify(others)}`);
      return wrong;
    }),
  );
}

/** What was acknowledged has to be in the journal, and to have ended as it should. */
function endProblems(rounds, ends, phases) {
  return Object.entries(ENDS).flatMap(([partner, end]) => {
    const { [end]: ended = 0, ...others } = ends[partner] ?? {};
    const acknowledged = acknowledgedOf(partner, rounds, phases);
    const wrong = [];
    if (ended < acknowledged)
      wrong.push(`${partner}: ${acknowledged} events were acknowledged, ${ended} are ${end}`);
    if (Object.keys(others).length > 0)
      wrong.push(`${partner}: not all events are ${end}: ${JSON.stringify(others)}`);
    return wrong;
  });
}

/** Those of the warm-up are not counted; they must end, too, and are in the journal's count. */
function acknowledgedOf(partner, rounds, phases) {
  const figures = rounds.flatMap((round) =>
    phases.map(({ name, beside }) => {
      if (partner === 'steady') return round[name].steady;
      return beside === partner ? round[name].beside : undefined;
    }),
  );
  return figures.reduce((sum, figure) => sum + (figure?.accepted ?? 0), 0);
}
