import { answered, bench, leftBehind, type Section, SHORT } from './run-bench';

const STEADY = [...SHORT, '--rate', '20'];

/** What is looked at here of the document that `--json` prints. */
interface BenchDocument {
  readonly comparison: readonly { readonly what: string; readonly met: boolean | null }[];
  readonly intake: Section;
  readonly latency: Section;
  readonly problems: readonly string[];
}

interface NeighbourDocument {
  readonly steady: readonly { readonly phase: string; readonly notAccepted: number }[];
  readonly ratios: readonly { readonly phase: string; readonly appliedP99: number | null }[];
  readonly others: readonly { readonly limitedPerSecond: number }[];
  readonly ends: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly problems: readonly string[];
}

interface GuardsDocument extends Section {
  readonly ratios: readonly { readonly what: string; readonly requestsPerSecond: number | null }[];
  readonly problems: readonly string[];
}

interface DrainDocument {
  readonly comparison: readonly { readonly what: string; readonly met: boolean | null }[];
  readonly rounds: readonly { readonly counts: unknown; readonly ratio: number }[];
  readonly problems: readonly string[];
}

const SMALL_BACKLOG = ['--events', '2000'];

/** All runs in one file: a second one at the same time would leave its own things behind for a while. */
describe('npm run bench', () => {
  it('measures the gateway and both floors, as one JSON document on stdout, and leaves nothing behind', async () => {
    const { exitCode, stdout, stderr } = await bench(...STEADY, '--json');

    if (exitCode !== 0) throw new Error(stderr);
    const document = JSON.parse(stdout) as BenchDocument;
    expect(answered(document.intake)).toEqual(['naive', 'safe', 'gateway']);
    expect(answered(document.latency)).toEqual(['naive', 'gateway']);
    expect(document.comparison.filter(({ met }) => met === null)).toEqual([]);
    expect(document.problems).toEqual([]);
    expect(await leftBehind()).toEqual([]);
  }, 180_000);

  it('says where the time of the gateway goes', async () => {
    const { exitCode, stdout } = await bench(...STEADY, '--profile');

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^our code: ingestion +\d/m);
    expect(stdout).toMatch(/^mongodb +\d/m);
  }, 120_000);

  it('measures what a steady partner notices of others, all of whose events end as they should', async () => {
    const { exitCode, stdout, stderr } = await bench('neighbour', ...STEADY, '--limit', '10', '--json');

    if (exitCode !== 0) throw new Error(stderr);
    const { steady, ratios, others, ends, problems } = JSON.parse(stdout) as NeighbourDocument;
    expect(steady.map(({ phase, notAccepted }) => [phase, notAccepted])).toEqual([
      ['alone', 0],
      ['flood', 0],
      ['failures', 0],
    ]);
    expect(ratios.filter(({ appliedP99 }) => appliedP99 === null)).toEqual([]);
    expect(others.filter(({ limitedPerSecond }) => limitedPerSecond === 0)).toEqual([]);
    expect(Object.keys(ends).sort()).toEqual(['failing', 'flooding', 'steady']);
    expect(problems).toEqual([]);
    expect(await leftBehind()).toEqual([]);
  }, 180_000);

  it('measures what limits and the replay guard cost', async () => {
    const { exitCode, stdout, stderr } = await bench('guards', ...SHORT, '--json');

    if (exitCode !== 0) throw new Error(stderr);
    const document = JSON.parse(stdout) as GuardsDocument;
    expect(answered(document)).toEqual(['naive', 'no-limits', 'limits', 'nonces']);
    expect(document.ratios.filter(({ requestsPerSecond }) => requestsPerSecond === null)).toEqual([]);
    expect(document.problems).toEqual([]);
  }, 180_000);

  it('measures how fast a worker applies a backlog, each event once', async () => {
    const { exitCode, stdout, stderr } = await bench('drain', '--rounds', '1', ...SMALL_BACKLOG, '--json');

    if (exitCode !== 0) throw new Error(stderr);
    const { comparison, rounds, problems } = JSON.parse(stdout) as DrainDocument;
    const once = {
      ends: { default: { processed: 2000 } },
      attempts: { processed: 2000 },
      historyEntries: 2000,
      eventsInHistory: 2000,
      shipments: 2000,
    };
    expect(rounds.map(({ counts }) => counts)).toEqual([once]);
    expect(rounds.filter(({ ratio }) => !(ratio > 0))).toEqual([]);
    expect(comparison.filter(({ met }) => met === null)).toEqual([]);
    expect(problems).toEqual([]);
    expect(await leftBehind()).toEqual([]);
  }, 180_000);

  it('says where the time of the worker goes', async () => {
    const { exitCode, stdout, stderr } = await bench('drain', ...SMALL_BACKLOG, '--profile');

    if (exitCode !== 0) throw new Error(stderr);
    expect(stdout).toMatch(/^package +% of busy +µs\/event$/m);
    expect(stdout).toMatch(/^our code: processing +\d/m);
    expect(stdout).toMatch(/^mongodb +\d/m);
  }, 120_000);
});
