import { type Act, type DemoCase } from '../scenario/demo-case';
import { type CaseRunner } from './case-runner';
import { compareCase } from './compare-case';
import { type CaseReport } from './seen';

/** One request after the other: which of a parcel's events comes late must not be left to chance. */
export async function playActs(
  acts: readonly Act[],
  runner: CaseRunner,
  say: (line: string) => void,
): Promise<readonly CaseReport[]> {
  const reports: CaseReport[] = [];
  const eventIdOf = (of: DemoCase) => reports.find(({ demoCase }) => demoCase === of)?.seen.eventId;
  for (const { title, cases } of acts) {
    say(`demo: ${title}`);
    for (const demoCase of cases) {
      const { expected } = demoCase;
      const seen = await runner.run(demoCase);
      const first = expected.outcome === 'duplicate' ? eventIdOf(expected.of) : undefined;
      reports.push({ demoCase, seen, differences: compareCase(demoCase, seen, first) });
    }
  }
  return reports;
}
